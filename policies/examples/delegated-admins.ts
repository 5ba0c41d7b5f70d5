import { type Cases, unknown } from "./example";

const inManagement = { provider: { props: { allowedAccountIds: '["111122223333"]' } } };
const inUnknown = { provider: { props: { allowedAccountIds: unknown } } };
const audit = "444455556666";

const delegated: readonly (readonly [service: string, property: string])[] = [
  ["guardduty", "adminAccountId"],
  ["securityhub", "adminAccountId"],
  ["inspector", "accountId"],
  ["macie", "adminAccountId"],
  ["detective", "accountId"],
  ["cloudtrail", "accountId"],
];

export default delegated.map(([service, property]) => ({
  rule: `${service}-delegated-admin`,
  accepts: [{ ...inManagement, props: { [property]: audit } }, { props: { [property]: audit } }],
  refuses: [{ ...inManagement, props: { [property]: "111122223333" } }],
  unknown: [
    { ...inManagement, props: { [property]: unknown } },
    { ...inUnknown, props: { [property]: audit } },
  ],
})) satisfies Cases[];
