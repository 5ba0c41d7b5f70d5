/**
 * What a file of CloudTrail looks like to Athena: the columns, SerDe and formats of the page "Create the table
 * for CloudTrail logs in Athena using partition projection" of the Athena user guide. That page reads with the
 * JsonSerDe; the CloudTrailSerde belongs to older examples.
 */
const struct = (fields: Readonly<Record<string, string>>): string =>
  `struct<${Object.entries(fields)
    .map(([name, type]) => `${name}:${type}`)
    .join(",")}>`;

const texts = (...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map(name => [name, "string"]));

const columnTypes: Readonly<Record<string, string>> = {
  eventversion: "string",
  useridentity: struct({
    ...texts("type", "principalid", "arn", "accountid", "invokedby", "accesskeyid", "username"),
    onbehalfof: struct(texts("userid", "identitystorearn")),
    sessioncontext: struct({
      attributes: struct(texts("mfaauthenticated", "creationdate")),
      sessionissuer: struct(texts("type", "principalid", "arn", "accountid", "username")),
      ec2roledelivery: "string",
      webidfederationdata: struct({ federatedprovider: "string", attributes: "map<string,string>" }),
    }),
  }),
  ...texts("eventtime", "eventsource", "eventname", "awsregion", "sourceipaddress", "useragent"),
  ...texts("errorcode", "errormessage", "requestparameters", "responseelements", "additionaleventdata"),
  ...texts("requestid", "eventid", "readonly"),
  resources: `array<${struct(texts("arn", "accountid", "type"))}>`,
  ...texts("eventtype", "apiversion", "recipientaccountid", "serviceeventdetails", "sharedeventid"),
  ...texts("vpcendpointid", "vpcendpointaccountid", "eventcategory"),
  addendum: struct(texts("reason", "updatedfields", "originalrequestid", "originaleventid")),
  ...texts("sessioncredentialfromconsole", "edgedevicedetails"),
  tlsdetails: struct(texts("tlsversion", "ciphersuite", "clientprovidedhostheader")),
};

export interface TrailPlace {
  readonly bucketName: string;
  readonly organizationId: string;
}

export interface Partitions {
  /**
   * Numbers of the accounts; or `injected`: every query has to name its account, and new ones need no change.
   */
  readonly accounts: readonly string[] | "injected";
  readonly regions: readonly string[];
  /** `yyyy/MM/dd`: earlier logs are not looked for. */
  readonly firstDay: string;
}

export const partitionKeys = ["account", "region", "day"].map(name => ({ name, type: "string" }));

const location = ({ bucketName, organizationId }: TrailPlace) =>
  `s3://${bucketName}/AWSLogs/${organizationId}/`;

export const storageDescriptor = (place: TrailPlace) => ({
  location: location(place),
  inputFormat: "com.amazon.emr.cloudtrail.CloudTrailInputFormat",
  outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
  serDeInfo: { serializationLibrary: "org.apache.hive.hcatalog.data.JsonSerDe" },
  columns: Object.entries(columnTypes).map(([name, type]) => ({ name, type })),
});

/**
 * Where the partitions are, by a rule instead of a list, so that none has to be added.
 * Source: Athena user guide, "Set up partition projection" and "Supported types for partition projection".
 */
export const projection = (
  place: TrailPlace,
  { accounts, regions, firstDay }: Partitions,
): Record<string, string> => ({
  EXTERNAL: "TRUE",
  classification: "cloudtrail",
  "projection.enabled": "true",
  ...(accounts === "injected"
    ? { "projection.account.type": "injected" }
    : { "projection.account.type": "enum", "projection.account.values": accounts.join(",") }),
  "projection.region.type": "enum",
  "projection.region.values": regions.join(","),
  "projection.day.type": "date",
  "projection.day.format": "yyyy/MM/dd",
  "projection.day.interval": "1",
  "projection.day.interval.unit": "DAYS",
  "projection.day.range": `${firstDay},NOW`,
  "storage.location.template": `${location(place)}\${account}/CloudTrail/\${region}/\${day}`,
});
