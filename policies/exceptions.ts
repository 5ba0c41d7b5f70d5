/**
 * What the policies would refuse and the company lets be, for a time. An entry excuses the violations of one rule on one
 * resource (or on those that a pattern names) of one stack until the end of a day; they stay in every plan, as advice
 * that begins with `excepted:`. Past its day an entry excuses nothing and refuses the stack until it is renewed or
 * taken out; one that excuses nothing any more is advice to take it out.
 *
 * ```ts
 * {
 *   rule: "sqs-dlq",
 *   resource: { stack: "orders-persistent-dev", type: "aws:sqs/queue:Queue", name: "orders-pings" },
 *   reason: "Pings may be lost: the next comes within a second",
 *   owner: "team-orders",
 *   ticket: "https://tickets.example.com/ORD-17",
 *   expires: "2027-03-31",
 * }
 * ```
 *
 * A resource may also be named by its URN; in it, after the stack, and in `name`, `*` stands for any text.
 * What concerns a stack as a whole is excepted by the stack's own URN.
 */
import type { Exception } from "./exception-register";

export const exceptions: readonly Exception[] = [];
