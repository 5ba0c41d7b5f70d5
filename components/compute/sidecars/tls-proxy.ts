import { requirePort } from "../../ingress/callers";
import { type Beside, type SidecarParts, smallTmp } from "./sidecar";

export interface TlsProxyArgs {
  /** Where it is called, with TLS. */
  readonly listensOn: number;
  /** Where the main container listens on localhost, without TLS. */
  readonly proxyTo: number;
  readonly protocol: "http1" | "http2" | "grpc";
}

export const tlsProxyName = "tls-proxy";

/**
 * Speaks TLS for a service that does not: nginx, with a certificate that it makes itself when it starts. Key, certificate
 * and configuration are in memory and end with the container. Load balancers take any certificate of a target; what TLS
 * gives on this way is that nobody reads along.
 *
 * What comes by HTTP/2 is handed on by HTTP/1.1, and gRPC as gRPC. Requests and answers are passed on as they come, of any
 * length, and connections stay open longer than a load balancer leaves them idle (4,000 seconds at most), so that it is
 * never the proxy who ends one. It starts after the main container and is stopped before it.
 *
 * Refused: ports that are none; twice the same.
 * Sources: Elastic Load Balancing user guide, "Target groups for your Application Load Balancers", section on routing
 * configuration, "Edit attributes for your Application Load Balancer"; nginx documentation, "ngx_http_proxy_module",
 * "ngx_http_grpc_module", "ngx_http_v2_module".
 */
export function tlsProxy(beside: Beside, image: string, args: TlsProxyArgs): SidecarParts {
  requirePort("tlsProxy.listensOn", args.listensOn);
  requirePort("tlsProxy.proxyTo", args.proxyTo);
  if (args.listensOn === args.proxyTo)
    throw new Error(
      `tlsProxy.listensOn and tlsProxy.proxyTo are both ${args.proxyTo}; containers of a task share their ports`,
    );
  return {
    container: {
      name: tlsProxyName,
      image,
      essential: true,
      entryPoint: ["/bin/sh", "-ec"],
      command: [start],
      environment: { NGINX_CONFIGURATION: nginxConfiguration(args) },
      port: args.listensOn,
      tmp: smallTmp(16),
      logs: beside.logs,
      stopTimeout: beside.stopTimeout,
      restart: beside.restart,
      after: [beside.mainContainer],
    },
    ports: [args.listensOn, args.proxyTo],
  };
}

const start = [
  "umask 077",
  "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj /CN=localhost -keyout /tmp/key.pem -out /tmp/certificate.pem",
  'printf "%s" "$NGINX_CONFIGURATION" > /tmp/nginx.conf',
  "exec nginx -e stderr -c /tmp/nginx.conf",
].join("\n");

/** Seconds that a load balancer may leave a connection idle at most, and some more. */
const longest = "4010s";

/** nginx writes to `/tmp` only. */
export const nginxConfiguration = ({ listensOn, proxyTo, protocol }: TlsProxyArgs): string => `
worker_processes auto;
daemon off;
pid /tmp/nginx.pid;
error_log stderr warn;
events { worker_connections 4096; }
http {
  access_log off;
  server_tokens off;
  client_body_temp_path /tmp/client-body;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;
  map $http_upgrade $handed_on_connection { default upgrade; "" close; }
  server {
    listen ${listensOn} ssl;${protocol === "http1" ? "" : "\n    http2 on;"}
    ssl_certificate /tmp/certificate.pem;
    ssl_certificate_key /tmp/key.pem;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_session_cache shared:sessions:1m;
    keepalive_timeout ${longest};
    keepalive_requests 1000000;
    client_max_body_size 0;
    client_body_timeout ${longest};
    send_timeout ${longest};
    location / {
${protocol === "grpc" ? grpc(proxyTo) : http(proxyTo)}
    }
  }
}
`;

const indented = (lines: readonly string[]): string => lines.map(line => `      ${line};`).join("\n");

const http = (port: number): string =>
  indented([
    `proxy_pass http://127.0.0.1:${port}`,
    "proxy_http_version 1.1",
    "proxy_set_header Host $http_host",
    "proxy_set_header Upgrade $http_upgrade",
    "proxy_set_header Connection $handed_on_connection",
    "proxy_request_buffering off",
    "proxy_buffering off",
    `proxy_read_timeout ${longest}`,
    `proxy_send_timeout ${longest}`,
  ]);

const grpc = (port: number): string =>
  indented([
    `grpc_pass grpc://127.0.0.1:${port}`,
    "grpc_set_header Host $http_host",
    `grpc_read_timeout ${longest}`,
    `grpc_send_timeout ${longest}`,
  ]);
