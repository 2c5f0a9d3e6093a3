import type { LookupAddress } from "node:dns";
import type { IncomingMessage } from "node:http";
import type { Ms } from "#domain/time/ms.ts";
import type { Networks } from "#server/runtime/networks.ts";
import { checkedAddresses, endpointUrl, ForbiddenAddress, type Resolve } from "./address.ts";
import { requestTo } from "./checked-request.ts";

/** What came back of a webhook that was sent. */
export interface WebhookAnswer {
  /** `null` where there was no answer: `failure` says why, in a few words. */
  status: number | null;
  failure: string | null;
  /** How the answer begins, as text; `null` where it is empty. */
  excerpt: string | null;
  retryAfter: string | null;
}

interface Posting {
  headers: Readonly<Record<string, string>>;
  body: string | Uint8Array;
  allowed: Networks;
  /** For the whole of it: resolving, connecting, sending and the answer. */
  withinMs: Ms;
  signal: AbortSignal;
  resolve?: Resolve;
}

/** Of an answer so much is read, and so much of it kept. */
const MOST_READ = 4_096;
const EXCERPT = 500;

/**
 * Sends a webhook to an address that may be sent to, and follows it nowhere else. Never rejects, except where `signal`
 * was aborted: then it is not known whether it arrived.
 */
export async function post(address: string, posting: Posting): Promise<WebhookAnswer> {
  const { signal, withinMs } = posting;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(withinMs)]);
  try {
    const url = endpointUrl(address);
    const found = await abortable(checkedAddresses(url, posting.allowed, posting.resolve), limit);
    return await sent(url, found, posting, limit);
  } catch (error) {
    signal.throwIfAborted();
    const failure = limit.aborted
      ? `no answer within ${Math.round(withinMs / 1000)} s`
      : wordsOf(error);
    return { status: null, failure, excerpt: null, retryAfter: null };
  }
}

async function sent(
  url: URL,
  found: readonly LookupAddress[],
  { headers, body }: Pick<Posting, "headers" | "body">,
  signal: AbortSignal,
): Promise<WebhookAnswer> {
  const sending = {
    ...{ method: "POST", body },
    headers: { "user-agent": "Rollcall-Webhook/1.0", ...headers },
  };
  return answerIn(await requestTo(url, found, sending, signal));
}

async function answerIn(incoming: IncomingMessage): Promise<WebhookAnswer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming) {
      const bytes = Buffer.from(chunk);
      chunks.push(bytes);
      size += bytes.length;
      if (size >= MOST_READ) break;
    }
  } catch (error) {
    // Cut off in its middle it is no answer: whether it was taken is not known.
    if (incoming.complete === false && size < MOST_READ) throw error;
  } finally {
    incoming.destroy();
  }
  const text = Buffer.concat(chunks)
    .toString("utf8")
    .replaceAll(/\p{Cc}+/gu, " ")
    .trim();
  return {
    status: incoming.statusCode ?? null,
    failure: null,
    excerpt: text === "" ? null : text.slice(0, EXCERPT).toWellFormed(),
    retryAfter: incoming.headers["retry-after"] ?? null,
  };
}

const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: "its name is not known",
  EAI_AGAIN: "its name could not be looked up",
  ECONNREFUSED: "nobody listens there",
  ECONNRESET: "the connection was cut",
  EHOSTUNREACH: "it was not reached",
  ENETUNREACH: "it was not reached",
  ETIMEDOUT: "it was not reached in time",
  EPIPE: "the connection was cut",
  CERT_HAS_EXPIRED: "its certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is signed by itself",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name",
};

function wordsOf(error: unknown): string {
  if (error instanceof ForbiddenAddress) return `nothing was sent: ${error.message}`;
  const failed = error instanceof AggregateError ? error.errors[0] : error;
  const code: unknown = failed instanceof Error ? Reflect.get(failed, "code") : undefined;
  if (typeof code !== "string") return "it could not be sent";
  return WORDS[code] ?? `it could not be sent (${code})`;
}

/** Rejects as soon as the signal is aborted; the work goes on by itself. */
async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  try {
    signal.throwIfAborted();
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", stop);
    work.catch(() => undefined);
  }
}
