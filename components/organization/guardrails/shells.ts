import type { Statement } from "../../identity/policy-document";
import { type Guardrail, type GuardrailSettings, serviceControl } from "./settings";

/**
 * Nobody gets into a container, but in emergencies, and where the description lets people in: there a task carries its
 * environment as a tag. A task without the tag is none of those, and stays closed. A tunnel goes through a container or
 * an instance; its document has no tags, so it is the account that says whether it may be used.
 *
 * Sources: ECS developer guide, "Using IAM policies to limit access to ECS Exec"; Systems Manager user guide, "Start a
 * session with a document by specifying the session documents in IAM policies".
 */
export const noShellInProd = ({ principals, shells }: GuardrailSettings): Guardrail => {
  const unless = (key: string, values: readonly string[]): Statement["Condition"] => ({
    ArnNotLike: { "aws:PrincipalArn": principals.breakGlass },
    ...(values.length === 0 ? {} : { StringNotEquals: { [key]: values } }),
  });
  return serviceControl(
    {
      Sid: "NoShell",
      Effect: "Deny",
      Action: ["ecs:ExecuteCommand", "ssm:StartSession"],
      Resource: "arn:aws:ecs:*:*:task/*",
      Condition: unless("aws:ResourceTag/environment", shells.environments),
    },
    {
      Sid: "NoTunnel",
      Effect: "Deny",
      Action: "ssm:StartSession",
      Resource: "arn:aws:ssm:*:*:document/AWS-StartPortForwardingSessionToRemoteHost",
      Condition: unless("aws:PrincipalAccount", shells.accounts),
    },
  );
};
