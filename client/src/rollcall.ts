import type { Operations } from "./api-types.ts";
import { type LiveChannel, type LiveOptions, openLive } from "./live.ts";

export interface Options {
  /** Where Rollcall is, such as `https://rollcall.example.com`. */
  url: string;
  /** A key: `rollcall key create` makes one. */
  key: string;
  /** How often reading is tried again where Rollcall says that it may work later: 3 where it is left out. */
  retries?: number;
  fetch?: typeof fetch;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
type Address<M extends Method> = keyof Operations & `${M} /api/v1/${string}`;
type PathOf<M extends Method> = Address<M> extends `${M} /api/v1${infer Path}` ? Path : never;
type At<M extends Method, Path extends string> = Operations[Address<M> & `${M} /api/v1${Path}`];

/** What is said besides the address: only what the operation takes, and only what it needs has to be there. */
type Asked<One extends { path: object; query: object; body: unknown }> = {
  query?: One["query"];
  signal?: AbortSignal;
} & (keyof One["path"] extends never ? { path?: never } : { path: One["path"] }) &
  (One["body"] extends undefined ? { body?: never } : { body: One["body"] });

type Arguments<A extends object> = object extends A ? [asked?: A] : [asked: A];

type Listed<One> = One extends { answer: { results: readonly (infer Row)[] } } ? Row : never;

/** Why Rollcall did not do what it was asked. */
export class RollcallError extends Error {
  override name = "RollcallError";
  readonly status: number;
  /** One of the codes in the documentation of the API; `unreadable` where the answer was not Rollcall's. */
  readonly code: string;
  /** After how long it may be asked again, in ms; `null` where that was not said. */
  readonly retryAfterMs: number | null;

  constructor(status: number, code: string, message: string, retryAfterMs: number | null) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

const RETRIES = 3;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** Busy, or away for the moment. */
const LATER = new Set([429, 502, 503, 504]);

/** Reads and writes through the API of one Rollcall, typed by its own description. */
export class Rollcall {
  readonly #options: Options;
  readonly #fetch: typeof fetch;

  constructor(options: Options) {
    this.#options = options;
    // As it is, `fetch` of a browser may only be called on its window.
    this.#fetch = options.fetch ?? ((...given) => fetch(...given));
  }

  /** Reads, and tries again where Rollcall is busy or away for the moment. Rejects with `RollcallError`. */
  get<Path extends PathOf<"GET">>(
    path: Path,
    ...[asked]: Arguments<Asked<At<"GET", Path>>>
  ): Promise<At<"GET", Path>["answer"]> {
    return this.#ask("GET", path, asked ?? {}, this.#options.retries ?? RETRIES);
  }

  /** Every row of a list, page after page, each page read when it is needed. */
  async *all<Path extends PathOf<"GET">>(
    path: Path,
    ...[asked]: Arguments<Asked<At<"GET", Path>>>
  ): AsyncGenerator<Listed<At<"GET", Path>>, void> {
    const retries = this.#options.retries ?? RETRIES;
    type Page = { results: readonly Listed<At<"GET", Path>>[]; next?: string | null };
    let page: Page = await this.#ask("GET", path, asked ?? {}, retries);
    for (;;) {
      yield* page.results;
      if (page.next === undefined || page.next === null) return;
      page = await this.#send("GET", this.#own(page.next), asked ?? {}, retries);
    }
  }

  /** Changes something; it is not tried again. Rejects with `RollcallError`. */
  send<M extends Exclude<Method, "GET">, Path extends PathOf<M>>(
    method: M,
    path: Path,
    ...[asked]: Arguments<Asked<At<M, Path>>>
  ): Promise<At<M, Path>["answer"]> {
    return this.#ask(method, path, asked ?? {}, 0);
  }

  /** Opens the live channel. */
  live(options: LiveOptions = {}): LiveChannel {
    const { url, key } = this.#options;
    return openLive({ url, key, ...options });
  }

  #ask<Answer>(method: Method, path: string, asked: Loose, retries: number): Promise<Answer> {
    const parts = new Map(Object.entries(asked.path ?? {}));
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(String(parts.get(name))),
    );
    const url = new URL(`/api/v1${filled}`, this.#options.url);
    for (const [name, value] of Object.entries(asked.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    return this.#send(method, url, asked, retries);
  }

  async #send<Answer>(
    method: Method,
    url: URL,
    { body, signal }: Loose,
    retries: number,
  ): Promise<Answer> {
    for (let tried = 0; ; tried += 1) {
      try {
        return await this.#once(method, url, body, signal);
      } catch (error) {
        if (!(error instanceof RollcallError) || !LATER.has(error.status)) throw error;
        if (tried >= retries) throw error;
        const wait = error.retryAfterMs ?? FIRST_WAIT_MS * 2 ** tried * (0.5 + Math.random());
        await pause(Math.min(wait, LONGEST_WAIT_MS), signal);
      }
    }
  }

  async #once<Answer>(
    method: Method,
    url: URL,
    body: unknown,
    signal: AbortSignal | undefined,
  ): Promise<Answer> {
    const response = await this.#fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${this.#options.key}`,
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal !== undefined && { signal }),
    });
    const answer: Answer | null = await response.json().catch(() => null);
    if (response.ok && answer !== null) return answer;
    throw refusalOf(response, answer);
  }

  /** An address that Rollcall answered. Behind a proxy it may name another host than the one that was asked. */
  #own(address: string): URL {
    const { pathname, search } = new URL(address, this.#options.url);
    return new URL(pathname + search, this.#options.url);
  }
}

/** What is asked, whatever the operation. */
interface Loose {
  path?: object;
  query?: object;
  body?: unknown;
  signal?: AbortSignal;
}

function refusalOf({ status, headers }: Response, answer: unknown): RollcallError {
  const after = Number(headers.get("retry-after") ?? Number.NaN);
  const retryAfterMs = Number.isFinite(after) ? after * 1_000 : null;
  const error = fieldOf(answer, "error");
  const [code, message] = [fieldOf(error, "code"), fieldOf(error, "message")];
  if (typeof code === "string" && typeof message === "string") {
    return new RollcallError(status, code, message, retryAfterMs);
  }
  const words = `What answered ${status} is no Rollcall.`;
  return new RollcallError(status, "unreadable", words, retryAfterMs);
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
