/**
 * What a trail's selectors take in. Source: AWS CloudTrail user guide, "Logging management events" and "Logging data
 * events".
 */
import type { Resource } from "../graph";
import { someFits } from "../some-known";
import type { Value } from "../value";

/** Without any selector a trail records management events, reads and writes. */
export function recordsManagement(trail: Resource): boolean {
  const { simple, advanced } = selectorsOf(trail);
  if (simple.length + advanced.length === 0) return true;
  return (
    // Default: management events are included.
    someFits(simple, one => !one.at("includeManagementEvents").is(false) && isOfBoth(one)) ||
    someFits(advanced, one => {
      const fields = one.at("fieldSelectors").list();
      return fields.length === 1 && someFits(fields, field => equals(field, "eventCategory", "Management"));
    })
  );
}

/** Whether reads or writes of the objects of all buckets are recorded, but for some that are named as left out. */
export function recordsObjects(trail: Resource, which: "reads" | "writes"): boolean {
  const { simple, advanced } = selectorsOf(trail);
  return (
    someFits(simple, one => takesIn(one, which) && someFits(one.at("dataResources").list(), isEveryObject)) ||
    someFits(advanced, one => takesInObjects(one.at("fieldSelectors").list(), which))
  );
}

function selectorsOf(trail: Resource) {
  return { simple: trail.at("eventSelectors").list(), advanced: trail.at("advancedEventSelectors").list() };
}

/** Default: all. */
const typeOf = (selector: Value) => selector.at("readWriteType").text() ?? "All";
const isOfBoth = (selector: Value) => typeOf(selector) === "All";

function takesIn(selector: Value, which: "reads" | "writes"): boolean {
  return isOfBoth(selector) || typeOf(selector) === (which === "reads" ? "ReadOnly" : "WriteOnly");
}

/** `arn:aws:s3` and `arn:aws:s3:::` stand for all buckets. */
function isEveryObject(resource: Value): boolean {
  return (
    resource.at("type").is("AWS::S3::Object") &&
    someFits(resource.at("values").list(), value => /^arn:aws[a-z-]*:s3(:::)?$/.test(value.text() ?? ""))
  );
}

function takesInObjects(fields: readonly Value[], which: "reads" | "writes"): boolean {
  return (
    someFits(fields, field => equals(field, "eventCategory", "Data")) &&
    someFits(fields, field => equals(field, "resources.type", "AWS::S3::Object")) &&
    fields.every(field => !narrows(field, which))
  );
}

/** Whether a field leaves out more than what it names as left out. */
function narrows(field: Value, which: "reads" | "writes"): boolean {
  const name = field.at("field").text();
  if (name === "readOnly") return !equals(field, "readOnly", which === "reads" ? "true" : "false");
  if (name === "eventCategory" || name === "resources.type") return false;
  return ["equals", "startsWiths", "endsWiths"].some(operator => field.at(operator).isSet);
}

function equals(field: Value, name: string, value: string): boolean {
  return field.at("field").is(name) && someFits(field.at("equals").list(), one => one.is(value));
}
