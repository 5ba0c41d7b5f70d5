import type { Offer } from "../identity/access";
import type { Statement } from "../identity/policy-document";
import { arn, type Location } from "../location";

export const searchPort = 443;

/** Where the name of a domain's host is kept. */
export const searchHostParameter = (domainName: string): string => `/${domainName}/host`;

/** The ARN of a domain; below it are the paths of its HTTP API. */
export const domainArn = (at: Location, domainName: string): string => arn("es", at, `domain/${domainName}`);

/** What HTTP calls its methods, as IAM names them. */
export const httpActions = ["Delete", "Get", "Head", "Patch", "Post", "Put"].map(
  method => `es:ESHttp${method}`,
);

/** The paths that are posted to with a question, because a question may be long; below the domain or an index of it. */
const questions = ["_search", "_msearch", "_count"];

/**
 * `read`: ask. `readWrite`: also write, make and delete indices. Both by signed requests over HTTPS.
 *
 * A domain asks twice: IAM whether a role may send the request, and then its own access control whether what the role is
 * mapped to may do that to that index. Until somebody maps it once, as the domain's administrator, a role may do nothing:
 *
 *     PUT _plugins/_security/api/rolesmapping/<role of OpenSearch>   { "backend_roles": ["<ARN of the task's role>"] }
 *
 * The path is all that IAM knows of a request, and a document may be called `_search`; so that nobody writes one by
 * `read`, posting to such a path below an index is refused.
 *
 * Sources: Amazon OpenSearch Service developer guide, "Identity and Access Management in Amazon OpenSearch Service",
 * "Fine-grained access control in Amazon OpenSearch Service"; OpenSearch documentation, "Search API".
 */
export const searchAccess: Offer<"read" | "readWrite"> = (at, domainName, access) => ({
  statements: access === "read" ? ask(domainArn(at, domainName)) : write(domainArn(at, domainName)),
  settings: { PORT: String(searchPort) },
  parameters: { HOST: searchHostParameter(domainName) },
  port: searchPort,
});

const write = (domain: string): Statement[] => [
  { Effect: "Allow", Action: httpActions, Resource: [`${domain}/*`] },
];

const ask = (domain: string): Statement[] => [
  { Effect: "Allow", Action: ["es:ESHttpGet", "es:ESHttpHead"], Resource: [`${domain}/*`] },
  {
    Effect: "Allow",
    Action: ["es:ESHttpPost"],
    Resource: questions.flatMap(path => [`${domain}/${path}`, `${domain}/*/${path}`]),
  },
  {
    Effect: "Deny",
    Action: ["es:ESHttpPost"],
    Resource: questions.map(path => `${domain}/*/*/${path}`),
  },
];
