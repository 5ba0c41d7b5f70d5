import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, trustService } from "../identity/policy-document";
import { productRole } from "../identity/product-role";
import { arn, type Location } from "../location";
import {
  type GraphqlResolver,
  type GraphqlSource,
  type GraphqlStep,
  sourceStatements,
} from "./graphql-sources";

export interface GraphqlResolversArgs {
  readonly at: Location;
  readonly apiName: string;
  readonly apiId: pulumi.Input<string>;
  readonly sources: Readonly<Record<string, GraphqlSource>>;
  readonly resolvers: Readonly<Record<string, GraphqlResolver>>;
}

const runtime = { name: "APPSYNC_JS", runtimeVersion: "1.0.0" };

/** The role that AppSync uses a source with; a pipeline passes it on. At most 64 characters. */
export const sourceRole = (apiName: string, source: string): string => `${apiName}-graphql-${source}`;

/**
 * Where a GraphQL API gets its answers: sources, each with a role that may use it alone, and what is done
 * with them for each field.
 * Sources: AWS AppSync developer guide, "Attaching a data source", "Creating pipeline resolvers
 * (JavaScript)".
 */
export class GraphqlResolvers extends pulumi.ComponentResource {
  constructor(name: string, args: GraphqlResolversArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:ingress:GraphqlResolvers", name, {}, opts);
    const here = { parent: this };
    const { apiId } = args;

    const sources = new Map(
      Object.entries(args.sources).map(([source, described]) => [
        source,
        this.source(name, source, described, args),
      ]),
    );
    // A source that is not there has been refused before.
    const named = ({ source }: GraphqlStep) => sources.get(source)?.name ?? source;
    for (const [field, resolver] of Object.entries(args.resolvers)) {
      const [type = "", fieldName = ""] = field.split(".");
      const common = { apiId, type, field: fieldName, code: resolver.code, runtime };
      if ("steps" in resolver) {
        const steps = resolver.steps.map(
          (step, index) =>
            new aws.appsync.Function(
              `${name}-${field}-${index}`,
              {
                apiId,
                name: `${type}_${fieldName}_${index}`,
                dataSource: named(step),
                code: step.code,
                runtime,
              },
              here,
            ),
        );
        new aws.appsync.Resolver(
          `${name}-${field}`,
          { ...common, kind: "PIPELINE", pipelineConfig: { functions: steps.map(step => step.functionId) } },
          here,
        );
      } else
        new aws.appsync.Resolver(
          `${name}-${field}`,
          { ...common, kind: "UNIT", dataSource: named(resolver) },
          here,
        );
    }
    this.registerOutputs({});
  }

  private source(
    name: string,
    source: string,
    described: GraphqlSource,
    { at, apiName, apiId }: GraphqlResolversArgs,
  ): aws.appsync.DataSource {
    const here = { parent: this };
    const role = new aws.iam.Role(
      `${name}-${source}`,
      {
        ...productRole(at.accountId),
        name: sourceRole(apiName, source),
        assumeRolePolicy: trustService("appsync.amazonaws.com", at.accountId),
      },
      here,
    );
    const may = new aws.iam.RolePolicy(
      `${name}-${source}`,
      { role: role.name, policy: policyDocument(sourceStatements(at, described)) },
      here,
    );
    return new aws.appsync.DataSource(
      `${name}-${source}`,
      {
        apiId,
        name: source,
        serviceRoleArn: role.arn,
        ...(described.kind === "table"
          ? {
              type: "AMAZON_DYNAMODB",
              dynamodbConfig: { tableName: described.tableName, region: at.region },
            }
          : {
              type: "AWS_LAMBDA",
              lambdaConfig: { functionArn: arn("lambda", at, `function:${described.functionName}`) },
            }),
      },
      { ...here, dependsOn: [may] },
    );
  }
}
