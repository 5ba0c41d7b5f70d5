import { imdsv2Only, instanceFamilies, noSsh } from "./compute";
import { encryptionOnCreate, noPublicSharing } from "./data";
import { keepDetection, keepLogs } from "./detection";
import { keepRoles, noIamUsers, noRootUser, stayInOrganization } from "./identity";
import { noDefaultVpc, noInternetGateway, noShareOutside } from "./network";
import { noConfusedDeputy, noCustomerProvidedKeys, organizationOnly, tlsOnly } from "./perimeter";
import { regions } from "./regions";
import type { Guardrail, GuardrailSettings } from "./settings";
import { noShellInProd } from "./shells";

/** What holds for every account of an organization, in the order it is packed into policies: new ones go last. */
export const catalogue = {
  "stay-in-organization": stayInOrganization,
  regions,
  "no-root-user": noRootUser,
  "no-iam-users": noIamUsers,
  "keep-detection": keepDetection,
  "keep-logs": keepLogs,
  "keep-roles": keepRoles,
  "no-default-vpc": noDefaultVpc,
  "no-internet-gateway": noInternetGateway,
  "no-public-sharing": noPublicSharing,
  "imdsv2-only": imdsv2Only,
  "encryption-on-create": encryptionOnCreate,
  "instance-families": instanceFamilies,
  "no-share-outside": noShareOutside,
  "no-ssh": noSsh,
  "organization-only": organizationOnly,
  "tls-only": tlsOnly,
  "no-confused-deputy": noConfusedDeputy,
  "no-customer-provided-keys": noCustomerProvidedKeys,
  "no-shell-in-prod": noShellInProd,
} as const satisfies Record<string, (settings: GuardrailSettings) => Guardrail>;

export type GuardrailName = keyof typeof catalogue;
