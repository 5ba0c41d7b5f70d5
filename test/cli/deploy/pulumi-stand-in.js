// Stands in for the Pulumi CLI: does what scenario.json says of a call, and notes every call in calls.jsonl.
const { appendFileSync, readFileSync } = require("node:fs");
const { join } = require("node:path");

const folder = process.env.STAND_IN;
const scenario = JSON.parse(readFileSync(join(folder, "scenario.json"), "utf8"));
const words = process.argv.slice(2);
const option = name => words[words.indexOf(name) + 1];
const stack = words.includes("--stack") ? option("--stack") : undefined;
const verb = words[0] === "stack" ? `stack ${words[1]}` : words[0];

const note = (what, more = {}) =>
  appendFileSync(
    join(folder, "calls.jsonl"),
    `${JSON.stringify({ what, verb, stack, words, time: Date.now(), ...more })}\n`,
  );
const environment = ["LANDING_ZONE_ACCESS", "PULUMI_BACKEND_URL", "PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER"];
const end = code => {
  note("end", { code });
  process.exit(code);
};

note("begin", { environment: Object.fromEntries(environment.map(name => [name, process.env[name]])) });

const own = scenario.stacks?.[stack] ?? {};
const print = value => process.stdout.write(`${typeof value === "string" ? value : JSON.stringify(value)}\n`);
const answers = {
  version: () => print(scenario.version ?? "v3.259.0"),
  "stack init": () => {},
  "stack export": () => {
    const refuse = why => {
      process.stderr.write(`error: ${why}\n`);
      end(255);
    };
    if (scenario.unreachable !== undefined) refuse(scenario.unreachable);
    if (own.resources === undefined) refuse(`no stack named '${stack}' found`);
    const resources = Array.from({ length: own.resources }, (_, index) => ({ urn: `${index}` }));
    print({ version: 3, deployment: { resources, pending_operations: own.pending ?? [] } });
  },
  "stack output": () => {
    const outputs = Object.entries(own.outputs ?? {});
    const shown = words.includes("--show-secrets");
    print(
      Object.fromEntries(
        outputs.map(([name, { value, secret }]) => [name, secret && !shown ? "[secret]" : value]),
      ),
    );
  },
  "stack history": () =>
    print([
      {
        version: 1,
        kind: "update",
        startTime: "",
        message: "",
        environment: {},
        config: {},
        result: "succeeded",
      },
    ]),
};

async function operate() {
  const {
    events = [],
    ms = 0,
    stdout = "",
    stderr = "",
    exit = 0,
    untilInterrupted = false,
  } = own[verb] ?? {};
  const log = words.includes("--event-log") ? option("--event-log") : undefined;
  let interrupted = () => {};
  const interruption = new Promise(resolve => {
    interrupted = resolve;
  });
  process.on("SIGINT", () => {
    note("SIGINT");
    interrupted("SIGINT");
  });
  await tell(log, events);
  const outcome = await Promise.race([
    interruption,
    new Promise(resolve => setTimeout(resolve, untilInterrupted ? 60_000 : ms)),
  ]);
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  if (outcome === "SIGINT") process.stderr.write("error: update canceled\n");
  end(outcome === "SIGINT" ? 255 : exit);
}

/** As newer engines do: to the server that --event-log names. */
async function tell(log, events) {
  if (log === undefined || events.length === 0) return;
  const { credentials } = require("@grpc/grpc-js");
  const { EventsClient } = require("@pulumi/pulumi/proto/events_grpc_pb");
  const { EventRequest } = require("@pulumi/pulumi/proto/events_pb");
  const client = new EventsClient(log.replace("tcp://", ""), credentials.createInsecure());
  await new Promise((resolve, reject) => {
    const stream = client.streamEvents(error => (error ? reject(error) : resolve()));
    for (const event of events) {
      const request = new EventRequest();
      request.setEvent(JSON.stringify(event));
      stream.write(request);
    }
    stream.end();
  });
  client.close();
}

if (["up", "preview", "refresh", "destroy"].includes(verb)) operate();
else if (answers[verb] === undefined) {
  process.stderr.write(`error: the stand-in does not know ${words.join(" ")}\n`);
  end(2);
} else {
  answers[verb]();
  end(0);
}
