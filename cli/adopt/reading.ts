/** Reads an organization, and changes nothing. */
import type * as Organizations from "@aws-sdk/client-organizations";
import type * as SsoAdmin from "@aws-sdk/client-sso-admin";
import { UsageError } from "../failures";
import type {
  FoundAccount,
  FoundDelegation,
  FoundIdentityCenter,
  FoundOrganization,
  FoundPolicy,
  FoundUnit,
} from "./found";

/** What both clients are made with; a test gives credentials and a request handler of its own. */
export type ClientSettings = Pick<
  Organizations.OrganizationsClientConfig,
  "profile" | "region" | "credentials" | "requestHandler"
>;

/**
 * One call after the other, because AWS Organizations throttles early, and tried again as the SDK's adaptive mode
 * does.
 *
 * @throws {UsageError} where a call is refused, with what to do.
 */
export async function readOrganization(settings: ClientSettings): Promise<FoundOrganization> {
  // Node's version is no concern of who adopts an organization.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  // Loaded late: no other command needs them.
  const { OrganizationsClient } = organizationsSdk();
  const { SSOAdminClient } = ssoAdminSdk();
  const patient = { ...settings, retryMode: "adaptive", maxAttempts: 8 };
  const organizations = new OrganizationsClient(patient);
  const identity = new SSOAdminClient(patient);
  try {
    const region = await regionOf(organizations);
    return await new Reader(organizations, identity, region, settings.profile).read();
  } finally {
    organizations.destroy();
    identity.destroy();
  }
}

const organizationsSdk = () =>
  require("@aws-sdk/client-organizations") as typeof import("@aws-sdk/client-organizations");
const ssoAdminSdk = () => require("@aws-sdk/client-sso-admin") as typeof import("@aws-sdk/client-sso-admin");

async function regionOf(client: Organizations.OrganizationsClient): Promise<string> {
  try {
    return await client.config.region();
  } catch (error) {
    throw new UsageError(
      "no region is configured: set AWS_REGION, or `region` in the profile, to the region that the organization's own resources are to be in",
      { cause: error },
    );
  }
}

/** Their attachments count against the limits that guardrails need room in. */
const controlPolicyTypes = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"];

class Reader {
  readonly #sdk = organizationsSdk();
  #managementAccountId: string | undefined;

  constructor(
    readonly organizations: Organizations.OrganizationsClient,
    readonly identity: SsoAdmin.SSOAdminClient,
    readonly region: string,
    readonly profile: string | undefined,
  ) {}

  async read(): Promise<FoundOrganization> {
    const { Organization } = await this.#ask("organizations:DescribeOrganization", () =>
      this.organizations.send(new this.#sdk.DescribeOrganizationCommand({})),
    );
    const managementAccountId = known(Organization?.MasterAccountId, "the management account's number");
    this.#managementAccountId = managementAccountId;
    const allFeatures = Organization?.FeatureSet === "ALL";
    const [root] = await this.#all("organizations:ListRoots", async NextToken => {
      const { Roots, ...page } = await this.organizations.send(new this.#sdk.ListRootsCommand({ NextToken }));
      return { items: Roots, ...page };
    });
    const rootId = known(root?.Id, "the root's id");
    const enabledPolicyTypes = (root?.PolicyTypes ?? [])
      .filter(({ Status }) => Status === "ENABLED")
      .map(({ Type }) => String(Type));

    const units: FoundUnit[] = [];
    const accounts: FoundAccount[] = [];
    await this.#readBelow(rootId, units, accounts);
    return {
      id: known(Organization?.Id, "the organization's id"),
      managementAccountId,
      allFeatures,
      rootId,
      region: this.region,
      enabledPolicyTypes,
      units,
      accounts,
      policies: allFeatures ? await this.#policies(enabledPolicyTypes) : [],
      trustedServices: allFeatures ? await this.#trustedServices() : [],
      delegations: allFeatures ? await this.#delegations() : [],
      ...(await this.#identityCenter(managementAccountId)),
    };
  }

  async #readBelow(parentId: string, units: FoundUnit[], accounts: FoundAccount[]): Promise<void> {
    const here = await this.#all("organizations:ListAccountsForParent", async NextToken => {
      const { Accounts, ...page } = await this.organizations.send(
        new this.#sdk.ListAccountsForParentCommand({ ParentId: parentId, NextToken }),
      );
      return { items: Accounts, ...page };
    });
    for (const account of here)
      accounts.push({
        id: known(account.Id, "an account's number"),
        name: account.Name ?? "",
        email: account.Email ?? "",
        state: account.State ?? account.Status ?? "ACTIVE",
        invited: account.JoinedMethod === "INVITED" && account.Id !== this.#managementAccountId,
        parentId,
      });
    const below = await this.#all("organizations:ListOrganizationalUnitsForParent", async NextToken => {
      const { OrganizationalUnits, ...page } = await this.organizations.send(
        new this.#sdk.ListOrganizationalUnitsForParentCommand({ ParentId: parentId, NextToken }),
      );
      return { items: OrganizationalUnits, ...page };
    });
    for (const { Id, Name } of below) {
      const id = known(Id, "a unit's id");
      units.push({ id, name: Name ?? "", parentId });
      await this.#readBelow(id, units, accounts);
    }
  }

  async #policies(enabled: readonly string[]): Promise<FoundPolicy[]> {
    const policies: FoundPolicy[] = [];
    for (const type of Object.values(this.#sdk.PolicyType)) {
      const ofType = await this.#all("organizations:ListPolicies", async NextToken => {
        const { Policies, ...page } = await this.organizations.send(
          new this.#sdk.ListPoliciesCommand({ Filter: type, NextToken }),
        );
        return { items: Policies, ...page };
      });
      for (const { Id, Name, AwsManaged } of ofType) {
        const id = known(Id, "a policy's id");
        const counts = controlPolicyTypes.includes(type) && enabled.includes(type);
        policies.push({
          id,
          name: Name ?? "",
          type,
          awsManaged: AwsManaged === true,
          targets: counts ? await this.#targets(id) : [],
        });
      }
    }
    return policies;
  }

  async #targets(policyId: string): Promise<string[]> {
    const targets = await this.#all("organizations:ListTargetsForPolicy", async NextToken => {
      const { Targets, ...page } = await this.organizations.send(
        new this.#sdk.ListTargetsForPolicyCommand({ PolicyId: policyId, NextToken }),
      );
      return { items: Targets, ...page };
    });
    return targets.map(({ TargetId }) => known(TargetId, "a policy's target"));
  }

  async #trustedServices(): Promise<string[]> {
    const services = await this.#all("organizations:ListAWSServiceAccessForOrganization", async NextToken => {
      const { EnabledServicePrincipals, ...page } = await this.organizations.send(
        new this.#sdk.ListAWSServiceAccessForOrganizationCommand({ NextToken }),
      );
      return { items: EnabledServicePrincipals, ...page };
    });
    return services.map(({ ServicePrincipal }) => known(ServicePrincipal, "a trusted service's name")).sort();
  }

  async #delegations(): Promise<FoundDelegation[]> {
    const administrators = await this.#all("organizations:ListDelegatedAdministrators", async NextToken => {
      const { DelegatedAdministrators, ...page } = await this.organizations.send(
        new this.#sdk.ListDelegatedAdministratorsCommand({ NextToken }),
      );
      return { items: DelegatedAdministrators, ...page };
    });
    const delegations: FoundDelegation[] = [];
    for (const { Id } of administrators) {
      const accountId = known(Id, "a delegated administrator's number");
      const services = await this.#all("organizations:ListDelegatedServicesForAccount", async NextToken => {
        const { DelegatedServices, ...page } = await this.organizations.send(
          new this.#sdk.ListDelegatedServicesForAccountCommand({ AccountId: accountId, NextToken }),
        );
        return { items: DelegatedServices, ...page };
      });
      delegations.push({
        accountId,
        services: services
          .map(({ ServicePrincipal }) => known(ServicePrincipal, "a delegated service's name"))
          .sort(),
      });
    }
    return delegations;
  }

  /** The organization's instance belongs to the management account; members may have small ones of their own. */
  async #identityCenter(owner: string): Promise<{ identityCenter?: FoundIdentityCenter }> {
    const instances = await this.#all("sso:ListInstances", async NextToken => {
      const { Instances, ...page } = await this.identity.send(
        new (ssoAdminSdk().ListInstancesCommand)({ NextToken }),
      );
      return { items: Instances, ...page };
    });
    const instance = instances.find(({ OwnerAccountId }) => (OwnerAccountId ?? owner) === owner);
    if (instance === undefined) return {};
    return {
      identityCenter: {
        instanceArn: known(instance.InstanceArn, "Identity Center's ARN"),
        identityStoreId: known(instance.IdentityStoreId, "the identity store's id"),
        region: instance.PrimaryRegion ?? this.region,
      },
    };
  }

  /** Every page of a list. */
  async #all<T>(
    permission: string,
    page: (token: string | undefined) => Promise<{ items?: readonly T[]; NextToken?: string | undefined }>,
  ): Promise<T[]> {
    const all: T[] = [];
    let token: string | undefined;
    do {
      const { items = [], NextToken } = await this.#ask(permission, () => page(token));
      all.push(...items);
      token = NextToken;
    } while (token !== undefined && token !== "");
    return all;
  }

  async #ask<T>(permission: string, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw new UsageError(this.#explained(permission, error as Error), { cause: error });
    }
  }

  #explained(permission: string, { name, message }: Error): string {
    const call = permission.split(":")[1];
    const whose = this.#managementAccountId === undefined ? "" : ` (${this.#managementAccountId})`;
    const credentials = `credentials of the management account${whose}`;
    switch (name) {
      case "AccessDeniedException":
      case "AccessDenied":
        return `AWS refuses ${call}: it takes the permission ${permission}, and ${credentials}: ${message}`;
      case "AWSOrganizationsNotInUseException":
        return "the account is in no organization; make one with `aws organizations create-organization --feature-set ALL`, or use credentials of the management account";
      case "CredentialsProviderError":
      case "TokenProviderError":
        return this.profile === undefined
          ? `there are no AWS credentials; set AWS_PROFILE or --profile, or log in, with ${credentials}: ${message}`
          : `the profile ${this.profile} gives no AWS credentials; log in, with ${credentials}: ${message}`;
      case "ExpiredTokenException":
      case "ExpiredToken":
      case "InvalidClientTokenId":
      case "InvalidSignatureException":
      case "UnrecognizedClientException":
        return `AWS does not accept the credentials: ${message}; log in again, with ${credentials}`;
      case "TooManyRequestsException":
      case "ThrottlingException":
        return `AWS throttles ${call}, and went on to do so; try again in a few minutes`;
      default:
        return `AWS does not answer ${call}: ${name}: ${message}`;
    }
  }
}

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new UsageError(`AWS does not tell ${what}`);
  return value;
}
