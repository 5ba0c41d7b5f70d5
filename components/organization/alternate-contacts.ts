import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface Contact {
  readonly name: string;
  readonly title: string;
  readonly email: string;
  readonly phone: string;
}

export interface AlternateContactsArgs {
  /** The accounts, by name. Absent where an account is the one the provider is in. */
  readonly accountIds: Readonly<Record<string, pulumi.Input<string> | undefined>>;
  readonly contacts: Readonly<Record<"billing" | "operations" | "security", Contact>>;
}

/**
 * Whom AWS writes to about invoices, operations and security, beside the root users' addresses, which few people read.
 *
 * Source: AWS Account Management reference guide, "Updating the alternate contacts for your AWS account"; FSBP control
 * Account.1 asks for the security contact.
 */
export class AlternateContacts extends pulumi.ComponentResource {
  constructor(name: string, args: AlternateContactsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:organization:AlternateContacts", name, {}, opts);
    for (const [account, accountId] of Object.entries(args.accountIds))
      for (const [kind, contact] of Object.entries(args.contacts))
        new aws.account.AlternativeContact(
          `${name}-${account}-${kind}`,
          {
            ...(accountId === undefined ? {} : { accountId }),
            alternateContactType: kind.toUpperCase(),
            name: contact.name,
            title: contact.title,
            emailAddress: contact.email,
            phoneNumber: contact.phone,
          },
          { parent: this },
        );
    this.registerOutputs({});
  }
}
