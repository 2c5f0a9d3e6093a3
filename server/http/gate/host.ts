import { remembered } from "#server/runtime/remembered.ts";

/**
 * The one `Host` of a request, as it was written: a name or an address, perhaps with a port. `null` where
 * there is none, as HTTP/1.0 allows. Throws `BadHost` for several, and for one that is malformed.
 */
export function hostOf(rawHeaders: readonly string[]): string | null {
  const hosts = rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === "host",
  );
  const [host] = hosts;
  if (host === undefined) return null;
  if (hosts.length > 1) throw new BadHost("there must be one Host");
  if (!isWellFormed(host)) throw new BadHost("Host is no name with a port");
  return host;
}

const isWellFormed = remembered((host) => {
  const [, name = null, port = "0"] = HOST.exec(host) ?? [];
  return name !== null && Number(port) <= 65_535 && URL.parse(`http://${name}/`) !== null;
});

export class BadHost extends Error {
  override name = "BadHost";
}

/** A name or an IPv4 address of the usual characters, or an IPv6 address in brackets; perhaps a port. */
const HOST = /^([a-z0-9._-]{1,255}|\[[0-9a-f:.]{2,45}\])(?::(\d{1,5}))?$/i;
