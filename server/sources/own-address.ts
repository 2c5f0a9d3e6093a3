import {
  checkedAddresses,
  endpointUrl,
  ForbiddenAddress,
} from "#server/integrations/outgoing/sending/address.ts";
import { requestTo } from "#server/integrations/outgoing/sending/checked-request.ts";
import {
  type ApiFacts,
  ProviderApiFailure,
  type ReachApi,
} from "#server/providers/contract/provider-api.ts";
import type { Networks } from "#server/runtime/networks.ts";

/*
 * A provider that somebody runs themselves has its API at an address of theirs. A key is sent there as webhooks are
 * sent out: to a name that was looked up and checked for this one call, and from there to nowhere else.
 */

/** Where a provider's API is, at an address of one's own. */
export function apiUrlAt({ url }: Pick<ApiFacts, "url">, address: string): string {
  return `${address}${new URL(url).pathname}`;
}

/**
 * An address as it is kept: without a slash at the end, and without the path of the API, which people copy too. Throws
 * `ForbiddenAddress` where nothing may be sent to it, as far as that is known now.
 */
export async function ownAddress(
  text: string,
  facts: Pick<ApiFacts, "url" | "isRunByOthers">,
  allowed: Networks,
): Promise<string> {
  if (facts.isRunByOthers !== true) throw new ForbiddenAddress("nobody else runs this provider");
  const url = endpointUrl(text.trim());
  if (url.search !== "" || url.hash !== "") {
    throw new ForbiddenAddress("it must have nothing behind its path");
  }
  try {
    await checkedAddresses(url, allowed);
  } catch (error) {
    // A name that leads nowhere yet may lead somewhere later.
    if (error instanceof ForbiddenAddress || url.protocol !== "https:") throw error;
  }
  const whole = `${url.origin}${url.pathname}`.replace(/\/+$/, "");
  const { pathname } = new URL(facts.url);
  return whole.endsWith(pathname) ? whole.slice(0, -pathname.length) : whole;
}

/** Reaches what may be sent to, and says why where it is not. */
export function reachChecked(allowed: Networks): ReachApi {
  return async (address, { method, headers, body, signal }) => {
    const url = new URL(address);
    try {
      const found = await checkedAddresses(url, allowed);
      const incoming = await requestTo(url, found, { method, headers, body }, signal);
      const { statusCode = 0, headers: answered } = incoming;
      return { status: statusCode, retryAfter: answered["retry-after"] ?? null, body: incoming };
    } catch (cause) {
      if (!(cause instanceof ForbiddenAddress)) throw cause;
      throw new ProviderApiFailure("away", { said: `Nothing was sent: ${cause.message}.`, cause });
    }
  };
}
