import { remembered } from "#server/runtime/remembered.ts";
import { isLoopback } from "./session.ts";

/** What a connection and the head of a request show of where the request was sent from. */
export interface RequestOrigin {
  /** The address at the other end of the connection. */
  peer: string | undefined;
  host: string | null;
  httpVersion: string;
  headers: Readonly<Record<string, unknown>>;
}

/** Headers that proxies and tunnels add when they pass a request on. */
const ADDED = new Set([
  "forwarded",
  "via",
  "x-real-ip",
  "x-client-ip",
  "client-ip",
  "x-cluster-client-ip",
  "true-client-ip",
  "fastly-client-ip",
  "fly-client-ip",
  "x-host",
  "cdn-loop",
]);
const ADDED_STARTS = [
  "x-forwarded",
  "x-original-",
  "x-envoy-",
  "x-proxy",
  "x-amz",
  "x-azure-",
  "x-arr-",
  "x-ms-forwarded",
  "x-appengine-",
  "x-cloud-trace",
  "cf-",
  "fly-",
  "fastly-",
  "ngrok-",
  "tailscale-",
];

/** Whether a header, in lower case, shows that a proxy passed the request on. */
export const isOfProxy = remembered(
  (name) => ADDED.has(name) || ADDED_STARTS.some((start) => name.startsWith(start)),
);

/**
 * Whether a request was sent at this machine, to its loopback host. A request with a proxy's headers was not; nor
 * one of HTTP/1.0, which no browser speaks, and a proxy that adds no headers often does.
 */
export function isFromThisMachine({ peer, host, httpVersion, headers }: RequestOrigin): boolean {
  return (
    isLoopbackAddress(peer) &&
    isLoopback(host) &&
    httpVersion === "1.1" &&
    !Object.keys(headers).some(isOfProxy)
  );
}

/** Whether an address is one that only this machine reaches. */
function isLoopbackAddress(address = ""): boolean {
  return address === "::1" || /^(?:::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(address);
}
