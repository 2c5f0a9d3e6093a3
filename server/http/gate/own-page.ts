import type { Client } from "./client.ts";
import { isLoopback } from "./session.ts";

/** What of a request says which page it comes from. */
interface FromPage {
  method: string;
  host: string | null;
  headers: Readonly<Record<string, unknown>>;
  client: Client;
}

export const READING = ["GET", "HEAD"];

/**
 * Whether a request comes from a page of our own, or from no page: a program, or a person who follows a link or opens
 * an address. Only then a cookie in it counts, and may it change anything: a browser adds cookies whoever asks.
 */
export function isFromOwnPage(request: FromPage, publicUrl: URL | null): boolean {
  const { "sec-fetch-site": site, "sec-fetch-mode": mode, origin } = request.headers;
  // Pages cannot set these. Where there are none, the browser is old, or came without TLS to another machine.
  if (site === "same-origin" || site === "none") return true;
  if (site !== undefined) return mode === "navigate" && READING.includes(request.method);
  return typeof origin !== "string" || origin === "" || isOwnOrigin(origin, request, publicUrl);
}

/** Whether an `Origin` is that of the published address, or of the host that was asked. */
export function isOwnOrigin(
  origin: string,
  { host, client }: Pick<FromPage, "host" | "client">,
  publicUrl: URL | null,
): boolean {
  const page = URL.parse(origin);
  if (page === null || !/^https?:$/.test(page.protocol)) return false;
  if (page.origin === publicUrl?.origin) return true;
  // Somebody on the way can be the page of our name without TLS.
  if (client.isSecure && page.protocol !== "https:") return false;
  return host !== null && page.origin === URL.parse(`${page.protocol}//${host}`)?.origin;
}

/**
 * Whether a `Host` is a name of this server: a loopback name, the published one, or the address at which the
 * connection arrived. Another may be the name of anybody's page, which leads here for a moment (DNS rebinding).
 */
export function isKnownHost(
  host: string,
  publicUrl: URL | null,
  arrivedAt: string | null,
): boolean {
  if (isLoopback(host)) return true;
  const name = host.replace(/:\d+$/, "").toLowerCase();
  return name === publicUrl?.hostname || name === nameOf(arrivedAt);
}

/** An address as it stands in a `Host`. */
function nameOf(address: string | null): string | null {
  if (address === null) return null;
  return address.includes(":") ? `[${address}]` : address;
}
