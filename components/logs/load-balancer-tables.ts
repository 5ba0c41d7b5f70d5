/**
 * What a file of an Application Load Balancer's log looks like to Athena: the columns by AWS's own names and the pattern
 * of a line, which has a group for each column, in order. Later fields, which AWS adds at the end of a line, are let
 * through; fields that are newer than a line are empty.
 *
 * Sources: Athena user guide, "Query Application Load Balancer logs"; Elastic Load Balancing user guide, "Access log
 * entries" and "Connection log entries".
 */
export interface LineShape {
  /** Types of Athena, by column. */
  readonly columns: Readonly<Record<string, string>>;
  readonly pattern: string;
}

const texts = (...names: string[]) => typed("string", names);
const typed = (type: string, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map(name => [name, type]));

const word = "([^ ]*)";
const number = "([-.0-9]*)";
const quoted = '"([^"]*)"';
const later = "(?: .*)?";
const newer = (field: string) => `(?: ${field})?`;

export const accessLines: LineShape = {
  columns: {
    ...texts("type", "time", "elb", "client_ip"),
    client_port: "int",
    target_ip: "string",
    target_port: "int",
    ...typed("double", ["request_processing_time", "target_processing_time", "response_processing_time"]),
    elb_status_code: "int",
    target_status_code: "string",
    ...typed("bigint", ["received_bytes", "sent_bytes"]),
    ...texts("request_verb", "request_url", "request_proto", "user_agent", "ssl_cipher", "ssl_protocol"),
    ...texts("target_group_arn", "trace_id", "domain_name", "chosen_cert_arn", "matched_rule_priority"),
    ...texts("request_creation_time", "actions_executed", "redirect_url", "lambda_error_reason"),
    ...texts("target_port_list", "target_status_code_list", "classification", "classification_reason"),
    ...texts("conn_trace_id", "transformed_host", "transformed_uri", "request_transform_status"),
  },
  pattern:
    [
      ...[word, word, word],
      // An address of IPv6 has colons too; what reached no target has a hyphen for both.
      ...[`${word}:([0-9]*)`, `${word}[:-]([0-9]*)`],
      ...[number, number, number, number, word, number, number],
      // What is no HTTP is logged as hyphens, and a blank.
      `"([^ "]*) ([^"]*?) (- |[^ "]*)"`,
      ...[quoted, word, word, word, quoted, quoted, quoted, word, word],
      ...[quoted, quoted, quoted, quoted, quoted, quoted, quoted],
    ].join(" ") +
    [word, quoted, quoted, quoted].map(newer).join("") +
    later,
};

export const connectionLines: LineShape = {
  columns: {
    ...texts("time", "client_ip"),
    ...typed("int", ["client_port", "listener_port"]),
    ...texts("tls_protocol", "tls_cipher"),
    tls_handshake_latency: "double",
    ...texts("leaf_client_cert_subject", "leaf_client_cert_validity", "leaf_client_cert_serial_number"),
    ...texts("tls_verify_status", "conn_trace_id", "tls_keyexchange"),
  },
  pattern:
    [word, word, number, number, word, word, number, quoted, word, word, word].join(" ") +
    [word, word].map(newer).join("") +
    later,
};

/** A table over files below a folder of S3, which are in folders by day: `2026/01/31/`. */
export const linesTable = ({ columns, pattern }: LineShape, location: string, firstDay: string) => ({
  tableType: "EXTERNAL_TABLE",
  parameters: {
    EXTERNAL: "TRUE",
    "projection.enabled": "true",
    "projection.day.type": "date",
    "projection.day.format": "yyyy/MM/dd",
    "projection.day.interval": "1",
    "projection.day.interval.unit": "DAYS",
    "projection.day.range": `${firstDay},NOW`,
    "storage.location.template": `${location}\${day}`,
  },
  partitionKeys: [{ name: "day", type: "string" }],
  storageDescriptor: {
    location,
    inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
    outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
    serDeInfo: {
      serializationLibrary: "org.apache.hadoop.hive.serde2.RegexSerDe",
      parameters: { "serialization.format": "1", "input.regex": pattern },
    },
    columns: Object.entries(columns).map(([name, type]) => ({ name, type })),
  },
});
