/** What there is in AWS, in plain words: nothing beyond reading.ts knows the SDK. */

export interface FoundOrganization {
  readonly id: string;
  readonly managementAccountId: string;
  /** Not only consolidated billing. Without all features there are no policies and no trusted services. */
  readonly allFeatures: boolean;
  readonly rootId: string;
  /** The one that the SDK is configured for. */
  readonly region: string;
  readonly enabledPolicyTypes: readonly string[];
  /** Parents before their children. */
  readonly units: readonly FoundUnit[];
  readonly accounts: readonly FoundAccount[];
  readonly policies: readonly FoundPolicy[];
  /** Service principals with trusted access. */
  readonly trustedServices: readonly string[];
  readonly delegations: readonly FoundDelegation[];
  /** Absent where Identity Center is not switched on in the region. */
  readonly identityCenter?: FoundIdentityCenter;
}

export interface FoundUnit {
  readonly id: string;
  readonly name: string;
  /** Of a unit or the root. */
  readonly parentId: string;
}

export interface FoundAccount {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** ACTIVE, SUSPENDED, PENDING_CLOSURE, PENDING_ACTIVATION or CLOSED. */
  readonly state: string;
  /** It was not made in the organization. */
  readonly invited: boolean;
  readonly parentId: string;
}

export interface FoundPolicy {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly awsManaged: boolean;
  /** Ids of the root, units and accounts it is attached to; read for service and resource control policies only. */
  readonly targets: readonly string[];
}

export interface FoundDelegation {
  readonly accountId: string;
  /** Service principals. */
  readonly services: readonly string[];
}

export interface FoundIdentityCenter {
  readonly instanceArn: string;
  readonly identityStoreId: string;
  readonly region: string;
}
