/**
 * Controls that no rule stands for, and why; what looks after them instead, where something does. Those of FSBP are all
 * checked by Security Hub in every account (components/detection/security-hub.ts), so what a plan cannot decide is
 * still found.
 */
import type { ControlId } from "./index";

export interface Uncovered {
  /**
   * `guardrail`: a policy of the organization makes it impossible, named as in components/organization/guardrails.
   * `detective`: Security Hub or AWS Config finds it. `none`: nobody does.
   */
  readonly by: "guardrail" | "detective" | "none";
  readonly name?: string;
  readonly why: string;
}

const found = (why: string): Uncovered => ({ by: "detective", name: "Security Hub", why });
const denied = (name: string, why: string): Uncovered => ({ by: "guardrail", name, why });
const open = (why: string): Uncovered => ({ by: "none", why });

const running = "It is the state of something that runs, which no plan shows";
const restApi = "It is about REST APIs, and the landing zone makes HTTP APIs";
const byHand = "A snapshot that is made by hand stands in no program";
const rootDenied = "The root user of a member account is denied everything, keys of its own too";
const noUsers = "There are no IAM users whose credentials could be so: people come through Identity Center";
const rootMfa = "A device is registered by hand, and no plan shows it";
const support = "Who may open cases is given in Identity Center, not in a role of each account";
const contact = "It is a text that only people can tell to be right";
const mfaDelete =
  "Only the root user can switch it on, by hand with its device, and root is denied everything";

export const uncovered: Readonly<Partial<Record<ControlId, Uncovered>>> = {
  "FSBP APIGateway.2": found(restApi),
  "FSBP APIGateway.3": found(restApi),
  "FSBP APIGateway.4": found(restApi),
  "FSBP APIGateway.5": found(restApi),
  "FSBP AutoScaling.6": found("A group of one instance type is right where the image is built for it"),
  "FSBP DocumentDB.3": found(byHand),
  "FSBP EC2.4": found(running),
  "FSBP EC2.20": found(running),
  "FSBP Glue.3": found("It is about machine learning transforms, which nothing here uses"),
  "FSBP IAM.4": denied("no-root-user", rootDenied),
  "FSBP IAM.6": found(rootMfa),
  "FSBP Neptune.3": found(byHand),
  "FSBP RDS.18": found("Databases outside a VPC are of a generation that AWS has retired"),
  "FSBP SecretsManager.2": found(running),
  "FSBP SecretsManager.3": found(running),
  "FSBP SSM.2": found(running),
  "FSBP SSM.3": found(running),
  "CIS 3.0 1.1": open(contact),
  "CIS 3.0 1.3": open("AWS asks for no security questions any more"),
  "CIS 3.0 1.4": denied("no-root-user", rootDenied),
  "CIS 3.0 1.5": found(rootMfa),
  "CIS 3.0 1.6": found(rootMfa),
  "CIS 3.0 1.7": denied("no-root-user", rootDenied),
  "CIS 3.0 1.11": denied("no-iam-users", noUsers),
  "CIS 3.0 1.12": denied("no-iam-users", noUsers),
  "CIS 3.0 1.13": denied("no-iam-users", noUsers),
  "CIS 3.0 1.17": open(support),
  "CIS 3.0 2.1.2": open(mfaDelete),
  "CIS 5.0 1.1": open(contact),
  "CIS 5.0 1.3": denied("no-root-user", rootDenied),
  "CIS 5.0 1.4": found(rootMfa),
  "CIS 5.0 1.5": found(rootMfa),
  "CIS 5.0 1.6": denied("no-root-user", rootDenied),
  "CIS 5.0 1.10": denied("no-iam-users", noUsers),
  "CIS 5.0 1.11": denied("no-iam-users", noUsers),
  "CIS 5.0 1.12": denied("no-iam-users", noUsers),
  "CIS 5.0 1.16": open(support),
  "CIS 5.0 2.1.2": open(mfaDelete),
  "CIS 7.0 2.2": open(contact),
  "CIS 7.0 2.4": denied("no-root-user", rootDenied),
  "CIS 7.0 2.5": found(rootMfa),
  "CIS 7.0 2.6": found(rootMfa),
  "CIS 7.0 2.7": denied("no-root-user", rootDenied),
  "CIS 7.0 2.11": denied("no-iam-users", noUsers),
  "CIS 7.0 2.15": open(support),
  "CIS 7.0 3.1.2": open(mfaDelete),
  "CIS 7.0 6.8": open(
    "Which services are worth an endpoint is a question of cost; the shared endpoints answer it",
  ),
};
