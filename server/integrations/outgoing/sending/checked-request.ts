import type { LookupAddress } from "node:dns";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { LookupFunction } from "node:net";

interface Sending {
  method: string;
  headers: Readonly<Record<string, string>>;
  body: string | Uint8Array | null;
}

/** Sends a request to addresses that were checked for its URL, and to no other. Resolves once an answer begins. */
export function requestTo(
  url: URL,
  found: readonly LookupAddress[],
  { method, headers, body }: Sending,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  const outgoing = send(
    url,
    {
      method,
      // A connection of its own each time: it leads to what was checked for this one.
      agent: false,
      lookup: leadingTo(found),
      headers: {
        accept: "*/*",
        ...headers,
        ...(body !== null && { "content-length": String(Buffer.byteLength(body)) }),
      },
      signal,
    },
    resolve,
  );
  outgoing.once("error", reject);
  outgoing.end(body ?? undefined);
  return promise;
}

/** Leads every name to these addresses. */
function leadingTo(found: readonly LookupAddress[]): LookupFunction {
  const [first] = found;
  return (_name, options, done) => {
    if (options.all) done(null, [...found]);
    else if (first !== undefined) done(null, first.address, first.family);
  };
}
