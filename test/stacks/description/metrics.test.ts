/** Where metrics go, who reads them, and who signs users in: what is refused of it. */

import assert from "node:assert/strict";
import {
  type LambdaFunction,
  type Link,
  type Product,
  type Service,
  userPool,
} from "../../../stacks/description";
import { faultsOf, refuses, zoneWith } from "./company";

const callbackUrls = ["https://grafana.orders.dev.example.com/login/generic_oauth"];
const people = userPool({
  clients: {
    grafana: { confidential: true, callbackUrls },
    admin: { confidential: true, callbackUrls },
    browser: { callbackUrls },
    batch: { confidential: true },
  },
});
const takes: Service = { release: "1", port: 8443, calledBy: ["api"] };
const at = "products.orders.services.api";

/** The product's services `api`, with these words, and `store`. */
const product = (api: unknown, store: Service = takes, more: Partial<Product> = {}): Partial<Product> => ({
  data: { people },
  services: { api: { release: "1", ...(api as object) }, store },
  ...more,
});
const signsIn = (...clients: readonly string[]): { uses: readonly Link[] } => ({
  uses: clients.map(client => people.signIn(client)),
});
const to = (metrics: string) => ({ telemetry: { metrics } });

describe("a team's own metrics in the description", () => {
  for (const [what, words] of [
    ["to a service that lets itself be called", product(to("store"))],
    ["of a job", { jobs: { api: { release: "1", ...to("store") } }, services: { store: takes } }],
    ["read from CloudWatch", product({ observes: "cloudwatch" })],
    ["signed in to", product(signsIn("grafana"))],
    ["signed in to twice as the same", product(signsIn("grafana", "grafana"))],
  ] as const satisfies readonly (readonly [string, Partial<Product>])[])
    it(`are taken ${what}`, () => assert.deepEqual(faultsOf(zoneWith(words)), []));

  const able = /is no client .* confidential and has callbackUrls; it has grafana, admin/;
  const verify: LambdaFunction = { release: "1", ...signsIn("grafana") };
  for (const [what, words, path, value, says] of [
    ["to a service that is not there", product(to("stor")), `${at}.telemetry.metrics`, "stor", /store/],
    ["to itself", product(to("api")), `${at}.telemetry.metrics`, "api", /is the service itself/],
    [
      "to a service that lets others call it",
      product(
        to("store"),
        { ...takes, calledBy: ["other"] },
        {
          jobs: { other: { release: "1" } },
        },
      ),
      `${at}.telemetry.metrics`,
      "store",
      /services\.store\.calledBy: \["other", "api"\]/,
    ],
    [
      "to a service that nobody calls",
      product(to("store"), { release: "1" }),
      `${at}.telemetry.metrics`,
      "store",
      /is a service that api may not call; say services\.store\.calledBy: \["api"\]/,
    ],
    [
      "to what is no name",
      product(to("https://prometheus")),
      `${at}.telemetry.metrics`,
      "https://prometheus",
      /a workspace of Prometheus of the product, or the name of a service/,
    ],
    [
      "from elsewhere than CloudWatch",
      product({ observes: "everything" }),
      `${at}.observes`,
      "everything",
      /cloudwatch/,
    ],
    ["as nobody", product(signsIn("nobody")), `${at}.uses[0].client`, "nobody", able],
    ["as one without a secret", product(signsIn("browser")), `${at}.uses[0].client`, "browser", able],
    ["as one without pages", product(signsIn("batch")), `${at}.uses[0].client`, "batch", able],
    [
      "as two",
      product(signsIn("grafana", "admin")),
      `${at}.uses[1]`,
      "admin",
      /is a second client beside that of .*uses\[0\]/,
    ],
    [
      "by a function",
      product({}, takes, { functions: { verify } }),
      "products.orders.functions.verify.uses[0]",
      "signIn",
      /make a service of what signs users in/,
    ],
  ] as const satisfies readonly (readonly [string, Partial<Product>, string, unknown, RegExp])[])
    it(`are refused ${what}`, () => refuses(zoneWith(words), path, value, says));
});
