import { listEndpoints, type StoredEndpoint } from "#db/integrations/outgoing/endpoints.ts";
import { trimMessages } from "#db/integrations/outgoing/messages.ts";
import { changedIds } from "#db/integrations/outgoing/news.ts";
import { MESSAGES_KEPT_MS } from "#domain/integrations/outgoing/endpoint.ts";
import { endpointPaused } from "#domain/integrations/outgoing/of-endpoint.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type Telling, tellEndpoints } from "#server/integrations/outgoing/telling/messages.ts";
import { tellAttendance } from "#server/integrations/outgoing/telling/tell-attendance.ts";
import { tellNews } from "#server/integrations/outgoing/telling/tell-news.ts";
import { tellNoShows } from "#server/integrations/outgoing/telling/tell-no-shows.ts";
import { Pause } from "#server/runtime/pause.ts";
import { Lanes } from "./lanes.ts";
import type { SendingContext } from "./send.ts";

/** How often everything is looked through for what no notification named. */
const ALL_EVERY_MS: Ms = 600_000;
const NO_SHOWS_EVERY_MS: Ms = 30_000;
const TRIM_EVERY_MS: Ms = 3_600_000;
const TRIMMED_AT_ONCE = 2_000;
/** How far back no-shows are looked for after a start. */
const NO_SHOWS_SINCE_MS: Ms = 86_400_000;

export interface ShiftLog {
  error: (about: object, message: string) => void;
}

/** The work of one process as long as it is the one that sends. */
export class Shift {
  readonly #sending: SendingContext;
  readonly #signal: AbortSignal;
  readonly #log: ShiftLog;
  readonly #lanes = new Map<string, Lanes>();
  /** The meetings that changed; `null` for any. */
  #dirty: Set<string> | null = null;
  #isWoken = true;
  readonly #pause = new Pause();
  #allAt: Ms = 0;
  #trimAt: Ms = 0;
  #noShowsAt: Ms;

  constructor(sending: SendingContext, signal: AbortSignal, log: ShiftLog) {
    this.#sending = sending;
    this.#signal = signal;
    this.#log = log;
    this.#noShowsAt = sending.now() - NO_SHOWS_SINCE_MS;
    signal.addEventListener("abort", () => this.#pause.end(), { once: true });
  }

  /** Meetings changed. */
  heard(ids: readonly string[]): void {
    for (const id of ids) this.#dirty?.add(id);
    this.#pause.end();
  }

  /** Something changed that was not named. */
  heardAll(): void {
    this.#dirty = null;
    this.#pause.end();
  }

  /** Somebody changed an endpoint, or has messages sent again. */
  woken(): void {
    this.#isWoken = true;
    this.#pause.end();
  }

  /** Resolves after that time, or as soon as there is something to do. */
  async rest(ms: Ms): Promise<void> {
    const isDue = this.#isWoken || this.#dirty === null || this.#dirty.size > 0;
    if (!isDue && !this.#signal.aborted) await this.#pause.take(ms);
  }

  /** Tells what is new, and sees that it is sent. Returns whether anybody is to be told anything. */
  async work(): Promise<boolean> {
    const { database, now } = this.#sending;
    const at = now();
    const isWoken = this.#isWoken;
    this.#isWoken = false;
    const all = await listEndpoints(database.orm, at);
    if (all.length === 0) return false;
    // What happens while one is paused is told once it goes on; of one that is gone nobody takes anything.
    const endpoints = all.filter(({ pausedFor }) => pausedFor !== "gone");
    const telling = { endpoints, now: at, told: new Set<string>() };
    await this.#tell(telling, all);
    await this.#trim(at);
    for (const { id } of all) {
      if (isWoken || telling.told.has(id) || !this.#lanes.has(id)) this.#lanesOf(id).wake();
    }
    for (const id of this.#lanes.keys()) {
      if (!all.some((endpoint) => endpoint.id === id)) this.#lanes.delete(id);
    }
    return true;
  }

  /** Resolves once nothing is on its way, after the signal was aborted. */
  async ended(): Promise<void> {
    await Promise.all([...this.#lanes.values()].map((lanes) => lanes.ended()));
  }

  async #tell(telling: Telling, all: readonly StoredEndpoint[]): Promise<void> {
    const { orm } = this.#sending.database;
    const { now } = telling;
    if (now >= this.#allAt) {
      this.#allAt = now + ALL_EVERY_MS;
      this.#dirty = null;
      await this.#tellPaused(telling, all);
    }
    const dirty = this.#dirty;
    this.#dirty = new Set();
    try {
      const ids = dirty === null ? await changedIds(orm) : [...dirty];
      await tellNews(orm, telling, ids, this.#signal);
      while (await tellAttendance(orm, telling));
      if (now - this.#noShowsAt < NO_SHOWS_EVERY_MS) return;
      await tellNoShows(orm, telling, this.#noShowsAt);
      this.#noShowsAt = now;
    } catch (error) {
      this.#dirty = null;
      throw error;
    }
  }

  /** Tells that nothing is sent to some any more, to those who were there before. */
  async #tellPaused(telling: Telling, all: readonly StoredEndpoint[]): Promise<void> {
    for (const paused of all) {
      const { pausedAt, pausedFor, id } = paused;
      if (pausedAt === null || pausedFor === "by_hand") continue;
      const endpoints = telling.endpoints.filter(
        (other) => other.id !== id && other.addedAt <= pausedAt,
      );
      const occurrence = endpointPaused(paused, pausedAt);
      await tellEndpoints(this.#sending.database.orm, { ...telling, endpoints }, [
        { occurrence, room: null },
      ]);
    }
  }

  async #trim(now: Ms): Promise<void> {
    if (now < this.#trimAt) return;
    this.#trimAt = now + TRIM_EVERY_MS;
    const before = now - MESSAGES_KEPT_MS;
    while ((await trimMessages(this.#sending.database.orm, before, TRIMMED_AT_ONCE)) > 0);
  }

  #lanesOf(id: string): Lanes {
    const existing = this.#lanes.get(id);
    if (existing !== undefined) return existing;
    const lanes = new Lanes(this.#sending, id, {
      signal: this.#signal,
      paused: () => {
        this.#allAt = 0;
        this.woken();
      },
      failed: (error) =>
        this.#log.error({ err: error, endpoint: id }, "a webhook could not be sent"),
    });
    this.#lanes.set(id, lanes);
    return lanes;
  }
}
