import { product, prometheus, secret, userPool } from "../../stacks/description";

const signIn = (host: string) => ({
  confidential: true,
  callbackUrls: ["dev", "int", "prod"].map(
    environment => `https://${host}.${environment}.example.com/login/generic_oauth`,
  ),
});

const people = userPool({ clients: { grafana: signIn("grafana.parcels") } });
const administrator = secret({ description: "Signs in to Grafana when the user pool does not answer" });

/** A Prometheus and a Grafana of the team's own. */
export const own = product({
  name: "parcels",
  team: "logistics",
  costCentre: "cc-2006",
  dataClass: "internal",
  data: { people, administrator },
  services: {
    api: { release: "1.0.0", port: 8443, path: "/parcels/*", telemetry: { metrics: "prometheus" } },
    prometheus: {
      release: "1.0.0",
      port: 8443,
      tls: { proxyTo: 9090 },
      calledBy: ["api", "grafana"],
      sidecars: { exporter: { image: "cloudwatch-exporter", release: "1.0.0" } },
      observes: "cloudwatch",
      storage: 50,
      scaling: { min: 1, max: 1 },
    },
    grafana: {
      release: "1.0.0",
      port: 8443,
      tls: { proxyTo: 3000 },
      host: "grafana",
      path: "/*",
      health: "/api/health",
      uses: [people.signIn("grafana"), administrator.inject],
      scaling: { min: 1, max: 1 },
    },
  },
});

const drivers = userPool({ clients: { grafana: signIn("grafana.fleet") } });
const metrics = prometheus();

/** A Grafana of the team's own, which asks AWS's Prometheus and CloudWatch. */
export const half = product({
  name: "fleet",
  team: "logistics",
  costCentre: "cc-2006",
  dataClass: "internal",
  data: { drivers, metrics },
  services: {
    api: { release: "1.0.0", port: 8443, path: "/fleet/*", telemetry: { metrics } },
    grafana: {
      release: "1.0.0",
      port: 8443,
      tls: { proxyTo: 3000 },
      host: "grafana",
      path: "/*",
      health: "/api/health",
      uses: [metrics.read, drivers.signIn("grafana")],
      observes: "cloudwatch",
      scaling: { min: 1, max: 1 },
    },
  },
});
