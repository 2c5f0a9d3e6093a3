import { setTimeout as wait } from "node:timers/promises";
import type { Database } from "#db/connection/client.ts";
import { failureOf } from "#db/connection/failure.ts";
import { oldestUnprojected, resumeRooms } from "#db/recording/unprojected.ts";
import type { Ms } from "#domain/time/ms.ts";
import { onceAMinute } from "#server/http/gate/once-a-minute.ts";
import { noteBatch, processCounts } from "#server/runtime/counts.ts";
import { Pause } from "#server/runtime/pause.ts";
import { retryWhileBusy } from "#server/runtime/retry-while-busy.ts";
import { RoomBacklog } from "./backlog.ts";
import { type Kept, project } from "./project.ts";
import { CROWD, type DeliveryProjector, type ProjectorNumbers } from "./projecting.ts";
import { readAgain } from "./read-again.ts";
import { createRulesCache, type RulesCache } from "./rules-cache.ts";
import { type Unprojectable, unprojectable } from "./unprojectable.ts";

/** Most deliveries in one transaction, and most of these of one room. */
const MOST = 1_000;
const MOST_OF_ROOM = 250;
/** Where so many wait beside a batch, a second is projected at the same time: one is planned while one is written. */
const ANOTHER = 250;
/** How many of those that are stored are looked up together. */
const LOOKED_UP = 500;
/** For how long the door is busy after a crowd. */
const BUSY_MS: Ms = 100;
/**
 * How long to rest after a batch while more arrive, as a multiple of the batch's own time: at most `BLINK_MS`, which
 * a reader does not notice.
 */
const REST = 5;
const BLINK_MS: Ms = 100;
/** While the door is busy, rooms in which more than a few are waiting wait for its end, at most so long. */
const FEW = 8;
const MOST_BEHIND_MS: Ms = 5_000;
/** How soon locked rooms are tried again, and how long to wait for a database that does not answer. */
const LOCKED_MS: Ms = 10;
const AWAY_MS: Ms = 250;
/** How often to look for deliveries that no process projects any more. */
const LOOK_EVERY_MS: Ms = 1_000;

interface Options {
  now: () => Ms;
  log: { error: (about: object, message: string) => void };
}

/**
 * Projects stored deliveries: those of this process at once, and with `watch` also those that another process kept
 * and did not project. A delivery that cannot be projected is marked as unreadable, with the reason, and the others
 * of its batch are projected. A room with a recorded event that cannot be read is stopped, with its deliveries, until
 * the event can be read.
 */
export class Projector implements DeliveryProjector {
  readonly #database: Pick<Database, "projector">;
  readonly #options: Options;
  readonly #backlog = new RoomBacklog();
  #running: Promise<void> | null = null;
  /** How many batches are under way. */
  #batches = 0;
  #stopped = false;
  #looking: NodeJS.Timeout | null = null;
  /** Whether the deliveries stored before this projector began were found and added. */
  #hasLooked = false;
  /** The deliveries of other processes that the last look found; `null` before the first. */
  #seen: ReadonlySet<number> | null = null;
  readonly #isDue = onceAMinute();
  #ended = Promise.withResolvers<void>();
  #busyAt = -Infinity;
  /** When deliveries were last added. */
  #addedAt = -Infinity;
  readonly #pause = new Pause();
  /** How many wait for what is projected. */
  #readers = 0;
  readonly #rulesOf: RulesCache;

  constructor(database: Pick<Database, "projector">, options: Options) {
    this.#database = database;
    this.#options = options;
    this.#rulesOf = createRulesCache(database.projector);
  }

  add(kept: readonly Kept[]): void {
    this.#addedAt = performance.now();
    if (kept.length >= CROWD) this.#busyAt = this.#addedAt;
    this.#take(kept);
  }

  /** Whether all deliveries stored before it began, and all added since, are projected. False without `watch`. */
  get isAllProjected(): boolean {
    return this.#hasLooked && this.#backlog.isEmpty && !this.#backlog.isMore;
  }

  /** Resolves when all that was added is projected. */
  idle(): Promise<void> {
    return this.#unrested(async () => {
      while (this.#running !== null) {
        this.#pause.end();
        await this.#running;
      }
    });
  }

  async caughtUp(withinMs: Ms): Promise<void> {
    let waiting = this.#backlog.ids;
    if (waiting.length === 0) return;
    let isLate = false;
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      isLate = true;
      late.resolve();
    }, withinMs);
    await this.#unrested(async () => {
      while (waiting.length > 0 && this.#running !== null && !isLate) {
        this.#pause.end();
        await Promise.race([this.#ended.promise, late.promise]);
        waiting = waiting.filter((id) => this.#backlog.has(id));
      }
    });
    clearTimeout(timer);
  }

  /** Nothing rests while somebody waits. */
  async #unrested(waiting: () => Promise<void>): Promise<void> {
    this.#readers += 1;
    try {
      await waiting();
    } finally {
      this.#readers -= 1;
    }
  }

  /** Looks now and every second for deliveries that another process kept and did not project, as after its end. */
  watch(): void {
    const look = async (): Promise<void> => {
      await this.#adopt().then(
        () => {
          this.#hasLooked = true;
        },
        (error: unknown) => this.#failed(error),
      );
      if (!this.#stopped) this.#looking = setTimeout(() => void look(), LOOK_EVERY_MS);
    };
    this.#looking = setTimeout(() => void look(), 0);
  }

  /** Projects all stored deliveries, whichever process kept them, but those of rooms that stay stopped. */
  async projectAll(): Promise<void> {
    await resumeRooms(this.#database.projector.orm);
    for (;;) {
      const rows = await oldestUnprojected(this.#database.projector.orm, LOOKED_UP);
      if (rows.length === 0) return;
      this.#take(rows);
      await this.idle();
    }
  }

  numbers(): ProjectorNumbers {
    return { counts: processCounts().projectionFacts(), pool: null };
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#looking !== null) clearTimeout(this.#looking);
    await this.idle();
  }

  #take(kept: readonly Kept[]): void {
    this.#backlog.add(kept, performance.now());
    this.#start();
  }

  #start(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      if (!this.#backlog.isEmpty && !this.#stopped) this.#start();
    });
  }

  async #run(): Promise<void> {
    // One turn of the event loop: a delivery is acknowledged before it is projected.
    await new Promise(setImmediate);
    let beside = Promise.resolve();
    while (!this.#stopped) {
      const batch = this.#backlog.take(MOST, MOST_OF_ROOM);
      if (batch.length === 0) {
        await beside;
        if (this.#backlog.isMore) await this.#readMore();
        else if (this.#backlog.isEmpty) return;
        continue;
      }
      if (this.#batches === 0 && this.#isWorthAnother()) beside = this.#beside();
      const beganAt = performance.now();
      const back = await this.#project(batch);
      if (back.length > 0) await wait(LOCKED_MS);
      else await this.#rest(performance.now() - beganAt);
    }
    await beside;
  }

  /** Projects batches of other rooms as long as that is worth it. */
  async #beside(): Promise<void> {
    while (!this.#stopped && this.#isWorthAnother()) {
      const back = await this.#project(this.#backlog.take(MOST, MOST_OF_ROOM));
      // Their rooms are locked elsewhere: the main loop waits for these.
      if (back.length > 0) return;
    }
  }

  #isWorthAnother(): boolean {
    return !this.#isBusy() && this.#backlog.waiting >= ANOTHER;
  }

  /** Returns the deliveries of a batch that are still to be projected. */
  async #project(batch: readonly Kept[]): Promise<readonly Kept[]> {
    const beganAt = performance.now();
    this.#batches += 1;
    const back = await this.#settle(batch);
    this.#batches -= 1;
    const now = performance.now();
    noteBatch(this.#backlog.end(batch, back, now), now - beganAt);
    this.#ended.resolve();
    this.#ended = Promise.withResolvers();
    return back;
  }

  /**
   * Rests, so that the door goes first and more deliveries gather: a small batch costs hardly less than a large one.
   * No rest after a single delivery, nor while very much has piled up or somebody waits.
   */
  async #rest(tookMs: Ms): Promise<void> {
    if (this.#readers > 0) return;
    if (this.#isBusy()) await this.#whileBusy();
    else if (performance.now() - this.#addedAt < tookMs && this.#backlog.waiting < ANOTHER) {
      await this.#pause.take(Math.min(REST * tookMs, BLINK_MS));
    }
  }

  /**
   * Projects only rooms with few deliveries, for a part of the time, as long as the door is busy and nobody waits for
   * what is projected. A provider without an answer sends again, and a page that is behind says so; and all is
   * projected no later, because what comes in faster is over sooner, and projected in larger batches.
   */
  async #whileBusy(): Promise<void> {
    let now = performance.now();
    let fewAt = now;
    const mayRest = () => this.#isBusy() && this.#readers === 0 && !this.#stopped;
    while (mayRest() && this.#backlog.behindMs(now) < MOST_BEHIND_MS) {
      if (!(await this.#pause.take(BUSY_MS))) return;
      now = performance.now();
      const batch = now < fewAt ? [] : this.#backlog.take(MOST, MOST_OF_ROOM, FEW);
      if (batch.length === 0) continue;
      const beganAt = now;
      await this.#project(batch);
      now = performance.now();
      fewAt = now + REST * (now - beganAt);
    }
  }

  #isBusy(): boolean {
    return performance.now() - this.#busyAt < BUSY_MS;
  }

  /** Projects a batch; where the database refuses it, by halves, until the refused delivery stands alone. */
  async #settle(batch: readonly Kept[]): Promise<readonly Kept[]> {
    if (batch.length === 0) return [];
    let halved = batch;
    try {
      const { projector } = this.#database;
      const read = await readAgain(projector.orm, batch);
      // What is read already is not read again for each half.
      halved = read;
      return await retryWhileBusy(() =>
        project(projector, read, this.#rulesOf, this.#options.now()),
      );
    } catch (error) {
      if (failureOf(error) !== "data") {
        await this.#failed(error);
        return batch;
      }
      const why = unprojectable(this.#database, batch, error, this.#options.now());
      if (why !== null) return this.#giveUp(batch, error, why);
    }
    const half = Math.ceil(halved.length / 2);
    const back = await this.#settle(halved.slice(0, half));
    return [...back, ...(await this.#settle(halved.slice(half)))];
  }

  /** Stores why a batch is not projected; returns the batch where that could not be stored. */
  async #giveUp(
    batch: readonly Kept[],
    error: unknown,
    { message, often, store }: Unprojectable,
  ): Promise<readonly Kept[]> {
    if (often === null || this.#isDue(often, performance.now())) {
      this.#options.log.error({ err: error, source: batch[0]?.sourceId }, message);
    }
    try {
      await store();
      return [];
    } catch (failure) {
      await this.#failed(failure);
      return batch;
    }
  }

  /**
   * Takes over the deliveries that two looks in a row have found: the process that kept them would have projected
   * them by then. At the first look, takes over all that are there.
   */
  async #adopt(): Promise<void> {
    await resumeRooms(this.#database.projector.orm);
    const rows = await oldestUnprojected(this.#database.projector.orm, LOOKED_UP);
    const others = rows.filter(({ deliveryId }) => !this.#backlog.has(deliveryId));
    const seen = this.#seen;
    const left = others.filter(({ deliveryId }) => seen === null || seen.has(deliveryId));
    this.#seen = new Set(others.map(({ deliveryId }) => deliveryId));
    if (left.length === 0) return;
    if (rows.length === LOOKED_UP) this.#backlog.noteMore(true);
    this.#take(left);
  }

  async #readMore(): Promise<void> {
    try {
      const rows = await oldestUnprojected(this.#database.projector.orm, LOOKED_UP);
      this.#backlog.add(rows, performance.now());
      this.#backlog.noteMore(rows.length === LOOKED_UP);
    } catch (error) {
      await this.#failed(error);
    }
  }

  /** Logs at most once a minute why nothing is projected now, and waits. */
  async #failed(error: unknown): Promise<void> {
    if (this.#isDue("failed", performance.now())) {
      this.#options.log.error({ err: error }, "nothing is projected for the time being");
    }
    if (!this.#stopped) await wait(AWAY_MS);
  }
}
