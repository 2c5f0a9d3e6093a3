import { CLIENT_ADDRESS } from "#server/runtime/client-address.ts";
import { type Networks, plainAddress } from "#server/runtime/networks.ts";

/** Who is at the other end of a request, past the proxies that are believed. */
export interface Client {
  /** `null` where the connection ended before it was asked. */
  address: string | null;
  /** Whether it came to the first of these proxies, or to the known address of this Rollcall, over TLS. */
  isSecure: boolean;
}

/** The headers by which the gate says this to what is behind it. Those of a request are taken out before. */
const ADDRESS = CLIENT_ADDRESS;
const SCHEME = "x-forwarded-proto";

/** What is known of a connection and of the head of a request. */
interface Connection {
  peer: string | undefined;
  headers: Readonly<Record<string, unknown>>;
}

/** Which proxies are believed, and the address under which others reach this server. */
interface Surroundings {
  proxies: Networks;
  publicUrl: URL | null;
}

/**
 * The client of a request as it came. Forwarding headers count only as far as the proxies that wrote them are
 * believed: from the right, because each appends to what it was sent, and what it was sent may be invented.
 */
export function clientAt(
  { peer, headers }: Connection,
  { proxies, publicUrl }: Surroundings,
): Client {
  const address = peer === undefined ? null : plainAddress(peer);
  const isPublished = isSecureAddress(headers["host"], publicUrl);
  if (address === null || !proxies.has(address)) return { address, isSecure: isPublished };
  const chain = [address];
  for (const text of partsOf(headers[ADDRESS]).toReversed()) {
    const next = addressOfHop(text);
    if (next === null || !proxies.has(chain.at(-1) ?? "")) break;
    chain.push(next);
  }
  const believed = chain.filter((one) => proxies.has(one)).length;
  const schemes = partsOf(headers[SCHEME]);
  // A proxy appends, or puts its own in the place of all others: then the only one is of the last proxy.
  const scheme = schemes.at(-Math.min(believed, schemes.length));
  const isSecure = isPublished || scheme?.toLowerCase() === "https";
  return { address: chain.at(-1) ?? null, isSecure };
}

/** Whether a `Host` is the published one, and that is reached over TLS only. Some proxies leave its port out. */
function isSecureAddress(host: unknown, publicUrl: URL | null): boolean {
  if (publicUrl?.protocol !== "https:") return false;
  return URL.parse(`https://${host}`)?.hostname === publicUrl.hostname;
}

/** Says behind the gate who the client is. The request has no forwarding headers of others any more. */
export function nameClient(headers: Record<string, unknown>, { address, isSecure }: Client): void {
  if (address !== null) headers[ADDRESS] = address;
  headers[SCHEME] = isSecure ? "https" : "http";
}

/** The client of a request that has passed the gate, for logs, audit and limits. */
export function clientOf(header: (name: string) => string | null): Client {
  return { address: header(ADDRESS), isSecure: header(SCHEME) === "https" };
}

function partsOf(header: unknown): string[] {
  if (typeof header !== "string") return [];
  return header.split(",").map((part) => part.trim());
}

/** Some proxies write the port too. */
function addressOfHop(text: string): string | null {
  const [, bracketed, plain] = /^(?:\[([^\]]+)\](?::\d+)?|([\d.]+):\d+)$/.exec(text) ?? [];
  return plainAddress(bracketed ?? plain ?? text);
}
