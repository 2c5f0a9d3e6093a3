import type { AnswerSchema } from "#components/api/api.ts";
import type { ServerClock } from "#components/sync/clock.ts";
import type { ConnectionStatusStore } from "#components/sync/connection-status.ts";
import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";

/** What every shared page is answered, besides what it shows. */
export interface PolledAnswer {
  as_of: string;
  build: string;
}

/** What a link shows: what was answered last, or nothing any more. */
export type Polled<Answer> = { is: "shown"; answer: Answer } | { is: "over" };

interface PollParts<Answer> {
  path: string;
  opened: Answer;
  schema: AnswerSchema<Answer>;
  clock: ServerClock;
  link: ConnectionStatusStore;
  /** Loads the page again, because the server has another build of it. */
  reload: () => void;
}

const EVERY_MS: Ms = 1_500;
/** After a failure, and at most as long again at random: not all screens are to come back at the same moment. */
const AGAIN_MS: Ms = 1_000;
const ANSWER_WITHIN_MS: Ms = 8_000;
/** Nothing was heard for this long only where the machine slept. */
const ASLEEP_MS: Ms = 2 * EVERY_MS + ANSWER_WITHIN_MS;
/** Between two reloads: of two servers with different builds, each would ask for another one. */
const RELOAD_AGAIN_MS: Ms = 60_000;
const RELOADED = "rollcall-reloaded-at";

/**
 * Asks for what a link shows, again and again: one request at a time, each with an end, and one timer. It goes on
 * through whatever a server answers, until that says that the link is over.
 */
export class Poll<Answer extends PolledAnswer> {
  readonly #parts: PollParts<Answer>;
  readonly #listeners = new Set<() => void>();
  #polled: Polled<Answer>;
  #tag: string | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #asking: AbortController | null = null;
  /** When the server was last heard, by its clock. */
  #heardAt: Ms;

  constructor(parts: PollParts<Answer>) {
    this.#parts = parts;
    this.#polled = { is: "shown", answer: parts.opened };
    this.#heardAt = fromWireTime(parts.opened.as_of);
  }

  get = (): Polled<Answer> => this.#polled;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Asks from now on. Returns a function that stops it. */
  start(): () => void {
    this.askNow();
    return () => {
      if (this.#timer !== null) clearTimeout(this.#timer);
      this.#timer = null;
      this.#asking?.abort();
      this.#asking = null;
    };
  }

  /** Asks at once, unless it is asking: the network is back, or the page is looked at again. */
  askNow(): void {
    if (this.#asking !== null || this.#polled.is === "over") return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    void this.#ask();
  }

  async #ask(): Promise<void> {
    const { clock } = this.#parts;
    if (clock.exactly() - this.#heardAt > ASLEEP_MS) this.#lost();
    const asking = new AbortController();
    this.#asking = asking;
    const late = setTimeout(() => asking.abort(), ANSWER_WITHIN_MS);
    const isHeard = await this.#asked(asking.signal).catch(() => false);
    clearTimeout(late);
    // Stopped meanwhile.
    if (this.#asking !== asking) return;
    this.#asking = null;
    if (!isHeard) this.#lost();
    if (this.#polled.is === "over") return;
    const wait = isHeard ? EVERY_MS : AGAIN_MS * (1 + Math.random());
    this.#timer = setTimeout(() => void this.#ask(), wait);
  }

  /** Whether the server answered what was asked for. */
  async #asked(signal: AbortSignal): Promise<boolean> {
    const { path, schema, opened, reload } = this.#parts;
    const response = await fetch(`/api/v1${path}`, {
      ...{ signal, cache: "no-store", credentials: "omit" },
      headers: this.#tag === null ? {} : { "if-none-match": this.#tag },
    });
    if (response.status === 304) return this.#heard(Date.parse(response.headers.get("date") ?? ""));
    const json: unknown = await response.json();
    if (response.status === 404 && isNotFound(json)) {
      this.#show({ is: "over" });
      return this.#heard(Number.NaN);
    }
    if (!response.ok) return false;
    if (buildIn(json) !== opened.build && mayReload()) reload();
    const read = (await schema()).safeParse(json);
    if (!read.success || signal.aborted) return false;
    this.#tag = response.headers.get("etag");
    this.#show({ is: "shown", answer: read.data });
    return this.#heard(fromWireTime(read.data.as_of));
  }

  #heard(serverTime: Ms): true {
    const { clock, link } = this.#parts;
    if (!Number.isNaN(serverTime)) clock.adjust(serverTime);
    this.#heardAt = clock.exactly();
    link.set("live", this.#heardAt);
    return true;
  }

  #lost(): void {
    this.#parts.link.set("lost", this.#heardAt);
  }

  #show(polled: Polled<Answer>): void {
    this.#polled = polled;
    for (const listener of this.#listeners) listener();
  }
}

/** A proxy whose server is away answers 404 too; only ours says so. */
function isNotFound(json: unknown): boolean {
  return fieldOf(fieldOf(json, "error"), "code") === "not_found";
}

function buildIn(json: unknown): unknown {
  return fieldOf(json, "build");
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

/** Whether the page was not loaded again just now. */
function mayReload(): boolean {
  try {
    const now = Date.now();
    const before = Number(sessionStorage.getItem(RELOADED) ?? 0);
    if (Math.abs(now - before) < RELOAD_AGAIN_MS) return false;
    sessionStorage.setItem(RELOADED, String(now));
    return true;
  } catch {
    // Where the browser stores nothing for us, it could not be known: the page stays as it is.
    return false;
  }
}
