import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import type { Networks } from "#server/runtime/networks.ts";

/*
 * To which addresses webhooks are sent. A name is resolved once, what it leads to is checked, and the connection is made
 * to just that: whoever answers otherwise the next time is not asked a next time.
 */

/** An address to which nothing is sent. The message says why, for an operator. */
export class ForbiddenAddress extends Error {
  override name = "ForbiddenAddress";
}

/** Resolves a name to every address it has. Rejects where there is none. */
export type Resolve = (name: string) => Promise<LookupAddress[]>;

const resolveName: Resolve = (name) => lookup(name, { all: true, verbatim: true });

/** Of the provider of a cloud, for the machines in it alone, though it is a public one. */
const METADATA = new Set(["168.63.129.16"]);
/** What is handed out of IPv6 to be reached from everywhere. */
const GLOBAL: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse("2000::"), 3];
export const LONGEST_URL = 2_000;

/** The address of an endpoint as it can be used, before anything is resolved. Throws `ForbiddenAddress`. */
export function endpointUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw new ForbiddenAddress("it has to be a whole https address");
  }
  if (text.length > LONGEST_URL) throw new ForbiddenAddress("it is too long");
  if (url.username !== "" || url.password !== "") {
    throw new ForbiddenAddress("it must have no user or password: webhooks are signed");
  }
  return url;
}

/**
 * To what a URL leads, every address of it checked. Private, loopback, link-local and multicast addresses and those of
 * metadata are forbidden, and so is http, except in networks that are `allowed`. Throws `ForbiddenAddress`, or what the
 * resolver throws.
 */
export async function checkedAddresses(
  url: URL,
  allowed: Networks,
  resolve: Resolve = resolveName,
): Promise<LookupAddress[]> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const family = isIP(host);
  const found = family === 0 ? await resolve(host) : [{ address: host, family }];
  if (found.length === 0) throw new ForbiddenAddress("its name leads nowhere");
  for (const { address } of found) {
    if (allowed.has(address)) continue;
    if (!isPublic(address)) {
      throw new ForbiddenAddress(
        "it is no public address: ROLLCALL_ALLOW_NETWORKS names networks that may be reached all the same",
      );
    }
    if (url.protocol !== "https:") {
      throw new ForbiddenAddress(
        "it has to be https: http is for networks in ROLLCALL_ALLOW_NETWORKS",
      );
    }
  }
  return found;
}

/** Whether an address is one of the public Internet's, and leads into no other network by what it contains. */
export function isPublic(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== "unicast" || METADATA.has(address.toString())) return false;
  return !(address instanceof ipaddr.IPv6) || address.match(GLOBAL[0], GLOBAL[1]);
}
