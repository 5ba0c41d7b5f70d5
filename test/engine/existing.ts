/** What AWS would give a resource that comes into being, as far as programs ask for it. */
import { randomUUID } from "node:crypto";
import { type Struct, Value } from "google-protobuf/google/protobuf/struct_pb";
import { type MadeUp, madeUp } from "../../cli/planner/made-up-ids";
import { partsOf } from "./faults";

/** Outputs that no plan makes up, because it leaves them unknown. */
const more: Readonly<Record<string, (id: string) => Readonly<Record<string, unknown>>>> = {
  "aws:organizations/organization:Organization": () => ({ roots: [{ id: "r-examplerootid" }] }),
  "aws:kms/key:Key": id => ({ keyId: id }),
  "aws:route53/zone:Zone": id => ({ nameServers: [`${id}.example.net`] }),
  "aws:route53/record:Record": id => ({ fqdn: `${id}.example.com` }),
  "aws:route53/keySigningKey:KeySigningKey": () => ({ dsRecord: "1 13 2 00" }),
  "aws:acm/certificate:Certificate": id => ({
    domainValidationOptions: [
      {
        domainName: "example.com",
        resourceRecordName: `_${id}.example.com`,
        resourceRecordType: "CNAME",
        resourceRecordValue: `${id}.example.net`,
      },
    ],
  }),
  "aws:cognito/userPoolClient:UserPoolClient": () => ({ clientSecret: secretOfClients }),
};

/** What must not be read in a state. */
export const secretOfClients = "the-secret-that-cognito-gave";

/** The stand-in is asked by all providers at once, and is not told by which. */
const anyAccount = "111122223333";

/** A new one each time: what is made again is another. */
export function existingOf(urn: string, given: Struct): MadeUp {
  const { type } = partsOf(urn);
  const { id, properties } = madeUp(
    { type, urn: `${urn} ${randomUUID()}`, properties: given },
    anyAccount,
    () => undefined,
  );
  const outputs = {
    arn: `arn:aws:${type.split(/[:/]/)[1]}:us-east-1:${anyAccount}:${id}`,
    name: id,
    ...more[type]?.(id),
  };
  const fields = properties.getFieldsMap();
  for (const [name, value] of Object.entries(outputs))
    if (!fields.has(name)) fields.set(name, Value.fromJavaScript(value as string));
  return { id, properties };
}
