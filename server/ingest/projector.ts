import { setTimeout as wait } from "node:timers/promises";
import type { Database } from "#db/connection/client.ts";
import { failureOf } from "#db/connection/failure.ts";
import { claim, markUnreadable, oldestUnprojected } from "#db/recording/unprojected.ts";
import type { Ms } from "#domain/time/ms.ts";
import { onceAMinute } from "#server/gate/once-a-minute.ts";
import { errorWords } from "#server/runtime/error-facts.ts";
import { retryWhileBusy } from "#server/runtime/retry-while-busy.ts";
import { RoomBacklog } from "./backlog.ts";
import { Pause } from "./pause.ts";
import { type Projectable, project } from "./project.ts";
import type { Projecting } from "./projecting.ts";
import { readAgain } from "./read-again.ts";
import { createRulesCache, type RulesCache } from "./rules-cache.ts";

/** Deliveries in one transaction, and of these the most of one room. */
const MOST = 1_000;
const MOST_OF_ROOM = 250;
/** Where so many wait beside a bite, another is projected at the same time: one is told while one is written. */
const ANOTHER = 250;
/** Bodies that are read again together. */
const READ_AGAIN = 500;
/** So many kept in one commit show that callers wait for each other: the door is pressed, for so long. */
const PRESSED = 24;
const PRESSED_MS: Ms = 100;
/**
 * How long is rested after a bite while more comes, in bites: at most a blink of whoever looks, or, while the door
 * is pressed, until the oldest waits as long as that.
 */
const REST = 5;
const BLINK_MS: Ms = 100;
const MOST_BEHIND_MS: Ms = 5_000;
/** How soon rooms that others hold are tried again, and how long to wait for a database that is away. */
const HELD_MS: Ms = 10;
const AWAY_MS: Ms = 250;
/** How often it is looked for what nobody projects any more. */
const LOOK_EVERY_MS: Ms = 1_000;
const REASON_LENGTH = 500;

interface Options {
  now: () => Ms;
  log: { error: (about: object, message: string) => void };
}

/**
 * Projects what is kept: what this process kept at once, and by `watch` also what others kept and did not come
 * to. A delivery that cannot be projected is marked as unreadable, with the reason, and fails no neighbour.
 */
export class Projector implements Projecting {
  readonly #database: Pick<Database, "projector">;
  readonly #options: Options;
  readonly #backlog = new RoomBacklog();
  #running: Promise<void> | null = null;
  /** How many bites are under way. */
  #bites = 0;
  #stopped = false;
  #looking: NodeJS.Timeout | null = null;
  /** Whether what was kept before this projector began was found, and taken up. */
  #hasLooked = false;
  /** What the last look found that others keep; `null` before the first. */
  #seen: ReadonlySet<number> | null = null;
  readonly #isDue = onceAMinute();
  #ended = Promise.withResolvers<void>();
  #pressedAt = -Infinity;
  /** When something was kept last. */
  #keptAt = -Infinity;
  readonly #pause = new Pause();
  readonly #rulesOf: RulesCache;

  constructor(database: Pick<Database, "projector">, options: Options) {
    this.#database = database;
    this.#options = options;
    this.#rulesOf = createRulesCache(database.projector);
  }

  add(kept: readonly Projectable[]): void {
    this.#keptAt = performance.now();
    if (kept.length >= PRESSED) this.#pressedAt = this.#keptAt;
    this.#take(kept);
  }

  /** Whether all that was kept before it began, and all that was added since, is projected. False as long as it watches nothing. */
  get isAllProjected(): boolean {
    return this.#hasLooked && this.#backlog.isEmpty && !this.#backlog.isMore;
  }

  /** Resolves when all that was added is projected. */
  async idle(): Promise<void> {
    while (this.#running !== null) {
      this.#pause.end();
      await this.#running;
    }
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
    while (waiting.length > 0 && this.#running !== null && !isLate) {
      this.#pause.end();
      await Promise.race([this.#ended.promise, late.promise]);
      waiting = waiting.filter((id) => this.#backlog.has(id));
    }
    clearTimeout(timer);
  }

  /** Looks now and every second for what another process kept and does not project, as after its end. */
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

  /** Projects everything that is kept, whoever kept it. */
  async projectAll(): Promise<void> {
    for (;;) {
      const rows = await oldestUnprojected(this.#database.projector.orm, READ_AGAIN);
      if (rows.length === 0) return;
      this.#take(await readAgain(this.#database.projector, rows));
      await this.idle();
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#looking !== null) clearTimeout(this.#looking);
    await this.idle();
  }

  #take(kept: readonly Projectable[]): void {
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
    // One turn of the event loop: what is kept is answered before it is projected.
    await new Promise(setImmediate);
    let beside = Promise.resolve();
    while (!this.#stopped) {
      const bite = this.#backlog.take(MOST, MOST_OF_ROOM);
      if (bite.length === 0) {
        await beside;
        if (this.#backlog.isMore) await this.#readMore();
        else if (this.#backlog.isEmpty) return;
        continue;
      }
      if (this.#bites === 0 && this.#isWorthAnother()) beside = this.#beside();
      const beganAt = performance.now();
      const back = await this.#project(bite);
      if (back.length > 0) await wait(HELD_MS);
      else await this.#rest(performance.now() - beganAt);
    }
    await beside;
  }

  /** Projects bites of other rooms as long as that is worth it. */
  async #beside(): Promise<void> {
    while (!this.#stopped && this.#isWorthAnother()) {
      const back = await this.#project(this.#backlog.take(MOST, MOST_OF_ROOM));
      // Whoever holds their rooms is waited for by the other.
      if (back.length > 0) return;
    }
  }

  #isWorthAnother(): boolean {
    return !this.#isPressed() && this.#backlog.waiting >= ANOTHER;
  }

  /** Answers what of a bite is still to be projected. */
  async #project(bite: readonly Projectable[]): Promise<readonly Projectable[]> {
    this.#bites += 1;
    const back = await this.#settle(bite);
    this.#bites -= 1;
    this.#backlog.end(bite, back);
    this.#ended.resolve();
    this.#ended = Promise.withResolvers();
    return back;
  }

  /**
   * Lets the door go first, and more gather: a bite costs hardly less for few than for many. What callers wait for
   * is projected with a part of the machine only: a provider that is not answered sends again, and a page that is
   * behind says so. Whoever comes alone is told at once, and what has piled up without rest.
   */
  async #rest(tookMs: Ms): Promise<void> {
    const now = performance.now();
    const isFarBehind = this.#backlog.isMore || this.#backlog.behindMs(now) > MOST_BEHIND_MS;
    if (isFarBehind || this.#stopped) return;
    if (this.#isPressed()) await this.#pause.take(REST * tookMs);
    else if (now - this.#keptAt < tookMs && this.#backlog.waiting < ANOTHER) {
      await this.#pause.take(Math.min(REST * tookMs, BLINK_MS));
    }
  }

  #isPressed(): boolean {
    return performance.now() - this.#pressedAt < PRESSED_MS;
  }

  /** Projects a bite; what the database refuses by halves, until what it refuses stands alone. */
  async #settle(bite: readonly Projectable[]): Promise<readonly Projectable[]> {
    const { now, log } = this.#options;
    const [first] = bite;
    if (first === undefined) return [];
    try {
      const rules = await this.#rulesOf(bite.map(({ sourceId }) => sourceId));
      return await retryWhileBusy(() => project(this.#database.projector, bite, rules, now()));
    } catch (error) {
      if (failureOf(error) !== "data") {
        await this.#failed(error);
        return bite;
      }
      if (bite.length === 1) {
        log.error({ err: error, source: first.sourceId }, "delivery not projected");
        return this.#giveUp(first, error);
      }
    }
    const half = Math.ceil(bite.length / 2);
    const back = await this.#settle(bite.slice(0, half));
    return [...back, ...(await this.#settle(bite.slice(half)))];
  }

  async #giveUp(one: Projectable, error: unknown): Promise<readonly Projectable[]> {
    const words = `could not be recorded: ${errorWords(error)}`;
    const reason = words.slice(0, REASON_LENGTH).toWellFormed().replaceAll("\0", "");
    try {
      await this.#database.projector.transaction(async (tx) => {
        const own = await claim(tx, [one.deliveryId]);
        if (own.size > 0) await markUnreadable(tx, one.deliveryId, reason);
      });
      return [];
    } catch (failure) {
      await this.#failed(failure);
      return [one];
    }
  }

  /**
   * Those that two looks in a row have found are nobody's: whoever kept them would have projected them. So is
   * what is there before this process kept anything.
   */
  async #adopt(): Promise<void> {
    const rows = await oldestUnprojected(this.#database.projector.orm, READ_AGAIN);
    const others = rows.filter(({ deliveryId }) => !this.#backlog.has(deliveryId));
    const seen = this.#seen;
    const left = others.filter(({ deliveryId }) => seen === null || seen.has(deliveryId));
    this.#seen = new Set(others.map(({ deliveryId }) => deliveryId));
    if (left.length === 0) return;
    if (rows.length === READ_AGAIN) this.#backlog.noteMore(true);
    this.#take(await readAgain(this.#database.projector, left));
  }

  async #readMore(): Promise<void> {
    try {
      const rows = await oldestUnprojected(this.#database.projector.orm, READ_AGAIN);
      this.#backlog.add(await readAgain(this.#database.projector, rows), performance.now());
      this.#backlog.noteMore(rows.length === READ_AGAIN);
    } catch (error) {
      await this.#failed(error);
    }
  }

  /** Says why nothing is projected now, once a while, and waits. */
  async #failed(error: unknown): Promise<void> {
    if (this.#isDue("failed", performance.now())) {
      this.#options.log.error({ err: error }, "nothing is projected for the time being");
    }
    if (!this.#stopped) await wait(AWAY_MS);
  }
}
