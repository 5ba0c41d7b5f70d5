import { bucket, fileSystem, product, queue, sender, table } from "../../description";

const incoming = bucket({ expireAfterDays: 30 });
const statements = bucket();
const protocols = bucket({ expireAfterDays: 90 });
const bookings = table({ partitionKey: "account", sortKey: "bookedAt" });
const deliveries = queue();
const templates = fileSystem({ mountPath: "/templates" });
const mail = sender();

/** Books bank statements as they arrive and closes the day at night: batch, driven by events. */
export default product({
  name: "statements",
  team: "finance",
  costCentre: "cc-2003",
  dataClass: "restricted",
  data: { incoming, statements, protocols, bookings, deliveries, templates, mail },
  services: {
    delivery: {
      release: "1.0.7",
      uses: [deliveries.consume, statements.read, templates.read, mail.send],
      logs: { to: protocols },
    },
  },
  jobs: {
    import: {
      release: "2.2.0",
      on: incoming.put("camt/"),
      command: ["import", "--format", "camt.053"],
      uses: [incoming.read, bookings.readWrite, deliveries.send],
    },
    close: {
      release: "2.2.0",
      image: "import",
      schedule: "cron(30 1 * * ? *)",
      command: ["close-day"],
      size: { cpu: 1024, memory: 2048 },
      uses: [bookings.readWrite, statements.readWrite],
    },
    // What restore drills run: they see what was restored, and nothing else.
    anonymize: {
      release: "2.2.0",
      image: "import",
      command: ["anonymize"],
      uses: [bookings.readWrite, statements.readWrite],
    },
    "check-restored": {
      release: "2.2.0",
      image: "import",
      command: ["check-restored"],
      retries: 0,
      uses: [bookings.read, statements.read],
    },
  },
  restoreDrill: {
    schedule: "cron(0 3 ? * SUN *)",
    mask: "anonymize",
    test: "check-restored",
    only: ["bookings", "statements", "templates"],
  },
});
