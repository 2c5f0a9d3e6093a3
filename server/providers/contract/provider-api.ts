import type { Ms } from "#domain/time/ms.ts";
import { retryAfterMs } from "./retry-after.ts";

/** A provider's own API, asked with the key of one source. It gives up in time, and follows no other address. */
export interface ProviderApi {
  /**
   * The JSON of a success, `null` where its body is empty; `path` begins with a slash and has its query. Throws
   * `ProviderApiFailure`.
   */
  ask(method: "GET" | "POST" | "DELETE", path: string, body?: object): Promise<unknown>;
}

/** Why a provider's API did not do what it was asked. */
export type ProviderApiProblem =
  /** It does not accept the key. */
  | "key_refused"
  /** It refused what was sent: `said` is why. */
  | "refused"
  /** It asks for patience. */
  | "busy"
  /** It was not reached, did not answer in time, or failed itself. */
  | "away";

/** Neither the key nor a secret is in it, whatever was answered. */
export class ProviderApiFailure extends Error {
  override name = "ProviderApiFailure";
  readonly problem: ProviderApiProblem;
  /** The provider's own words, in one line; `null` without any. */
  readonly said: string | null;
  /** For how long it wants not to be asked; `null` where it does not say. */
  readonly retryAfterMs: Ms | null;

  constructor(
    problem: ProviderApiProblem,
    {
      said = null,
      retryAfterMs = null,
      ...options
    }: ErrorOptions & { said?: string | null; retryAfterMs?: Ms | null } = {},
  ) {
    super(said === null ? problem : `${problem}: ${said}`, options);
    this.problem = problem;
    this.said = said;
    this.retryAfterMs = retryAfterMs;
  }
}

const ANSWER_WITHIN_MS: Ms = 15_000;
/** Everybody in every room of a large account is some megabytes. */
const MOST_BYTES = 16 * 1_048_576;
const LONGEST_SAID = 300;

/** What is known of a provider's API. */
export interface ApiFacts {
  /** Where it is, without a slash at the end. */
  url: string;
  /** Whether some run it themselves, so that it is at an address of theirs. */
  isRunByOthers?: true;
  /** What stands before the key in `Authorization`. */
  scheme: "Bearer" | "Token";
  /** What it says in the JSON of an error; `null` where that says nothing. */
  wordsIn: (json: unknown) => string | null;
}

interface Options extends ApiFacts {
  key: string;
  /** How it is reached; by default whatever its name leads to. */
  reach?: ReachApi | undefined;
  answerWithinMs?: Ms;
  /** Ends what is under way, which then is `away`. */
  signal?: AbortSignal | undefined;
}

/** An answer that begins, whatever its status. */
interface Reached {
  status: number;
  retryAfter: string | null;
  body: AsyncIterable<Uint8Array> | null;
}

/** Sends one request, and follows it to no other address. Rejects where there is no answer. */
export type ReachApi = (
  url: string,
  init: {
    method: string;
    headers: Record<string, string>;
    body: string | null;
    signal: AbortSignal;
  },
) => Promise<Reached>;

/** Opens a provider's API with a key, which is stored nowhere and is in no error. */
export function openProviderApi({
  url,
  scheme,
  key,
  wordsIn,
  reach = reachAnywhere,
  answerWithinMs = ANSWER_WITHIN_MS,
  signal,
}: Options): ProviderApi {
  return {
    async ask(method, path, body) {
      const hidden = [key, ...textsIn(body).filter((text) => text.length >= 16)];
      const response = await answered(reach, `${url}${path}`, {
        method,
        headers: {
          authorization: `${scheme} ${key}`,
          ...(body && { "content-type": "application/json" }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.any([
          AbortSignal.timeout(answerWithinMs),
          ...(signal === undefined ? [] : [signal]),
        ]),
      });
      if (response.ok && response.json !== undefined) return response.json;
      const said = saidIn(wordsIn(response.json), hidden);
      throw new ProviderApiFailure(problemOf(response.status), {
        said,
        retryAfterMs: retryAfterMs(response.retryAfter, Date.now()),
      });
    },
  };
}

const reachAnywhere: ReachApi = async (url, init) => {
  // The key is for this address alone.
  const { status, headers, body } = await fetch(url, { ...init, redirect: "manual" });
  return { status, retryAfter: headers.get("retry-after"), body };
};

async function answered(
  reach: ReachApi,
  url: string,
  init: Parameters<ReachApi>[1],
): Promise<{ ok: boolean; status: number; retryAfter: string | null; json: unknown }> {
  try {
    const { status, retryAfter, body } = await reach(url, init);
    return { ok: status >= 200 && status < 300, status, retryAfter, json: await jsonOf(body) };
  } catch (cause) {
    if (cause instanceof ProviderApiFailure) throw cause;
    const isLate = [cause, init.signal.reason].some(
      (one) => one instanceof Error && one.name === "TimeoutError",
    );
    const said = isLate ? "It did not answer in time." : null;
    throw new ProviderApiFailure("away", { said, cause });
  }
}

/** The JSON of an answer, `null` for an empty one; `undefined` for none. Throws for one that does not end. */
async function jsonOf(body: Reached["body"]): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error("the answer is too long");
    chunks.push(chunk);
  }
  if (size === 0) return null;
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return undefined;
  }
}

function problemOf(status: number): ProviderApiProblem {
  if (status === 401 || status === 403) return "key_refused";
  if (status === 429) return "busy";
  return status >= 400 && status < 500 ? "refused" : "away";
}

/** What was said, in one line of bounded length, without what was sent in confidence. */
function saidIn(words: string | null, hidden: readonly string[]): string | null {
  if (words === null) return null;
  const plain = hidden.reduce((text, secret) => text.replaceAll(secret, "…"), words);
  const line = plain.replaceAll(/[\p{Cc}\s]+/gu, " ").trim();
  return line === "" ? null : line.slice(0, LONGEST_SAID).toWellFormed();
}

function textsIn(body: object | undefined): string[] {
  return Object.values(body ?? {}).filter((value) => typeof value === "string");
}
