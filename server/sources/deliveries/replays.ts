import { setTimeout as wait } from "node:timers/promises";
import { v7 as uuid } from "uuid";
import { z } from "zod";
import { seeing } from "#db/access/sight/seeing.ts";
import type { Database } from "#db/connection/client.ts";
import { countEvents, replayAlone } from "#db/recording/replaying.ts";
import { unreadableAfter } from "#db/sources/deliveries/deliveries.ts";
import { roomsToldBy, withoutEvents } from "#db/sources/deliveries/projecting-again.ts";
import type { Reader } from "#db/sql/orm.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import { type DeliveryReplay, isOver } from "#domain/sources/deliveries/delivery-replay.ts";
import type { Ms } from "#domain/time/ms.ts";
import {
  cancelElsewhere,
  type JobElsewhere,
  JobReport,
  jobElsewhere,
} from "#server/runtime/jobs/job-report.ts";
import { replayRooms } from "#server/runtime/jobs/replay-rooms.ts";
import { rereadWithoutEvents } from "#server/runtime/jobs/reread-without-events.ts";

/** Small, so that whoever records meanwhile waits for some tenths of a second at most. */
const AT_ONCE = 500;
const AGAIN_AFTER_MS: Ms = 1_000;
/** So many jobs that are over are remembered, with what came of them. */
const MOST_REMEMBERED = 20;

interface Log {
  error: (about: object, message: string) => void;
}

/** Which deliveries: some, or all that could not be read, as whoever asks sees them. */
export type ReplayedDeliveries =
  | { ids: readonly number[] }
  | { unreadable: number; reader: Reader };

/** Thrown between two transactions: what was done until then stays. */
class Cancelled extends Error {
  override name = "Cancelled";
}

/**
 * Deliveries that are read and projected again in this process while it serves, one job after the other. It is the
 * replay of their rooms, and of what told nothing: nothing here projects by itself. Any process may be asked about a job.
 */
export class Replays {
  readonly #jobs = new Map<string, DeliveryReplay>();
  #underWay: Promise<void> | null = null;
  #isStopped = false;

  /** A job as it is now, of whichever process; `null` for one that no process knows. */
  async seen(database: Database, id: string): Promise<DeliveryReplay | null> {
    const job = this.#jobs.get(id);
    return job === undefined ? elsewhere(await jobElsewhere(database, id)) : { ...job };
  }

  #current(): DeliveryReplay | null {
    return [...this.#jobs.values()].find((job) => !isOver(job)) ?? null;
  }

  /** Begins a job that is not awaited; `null` where one is under way. Any process can be asked about it from then on. */
  async begin(
    database: Database,
    which: ReplayedDeliveries,
    log: Log,
  ): Promise<DeliveryReplay | null> {
    if (this.#underWay !== null || this.#isStopped) return null;
    const deliveries = "ids" in which ? which.ids.length : which.unreadable;
    const job: DeliveryReplay = {
      ...{ id: uuid(), state: "waiting", done: 0, total: deliveries, deliveries },
      ...{ rooms: 0, changed: 0, read: 0 },
    };
    this.#jobs.set(job.id, job);
    for (const old of [...this.#jobs.keys()].slice(0, -MOST_REMEMBERED)) this.#jobs.delete(old);
    const report = new JobReport({
      ...{ database, id: job.id, progress: () => job },
      stop: () => {
        if (!isOver(job)) job.state = "cancelled";
      },
    });
    this.#underWay = this.#run(database, job, which, log).finally(() => {
      this.#underWay = null;
      return report.ended();
    });
    const begun = { ...job };
    await report.report();
    return begun;
  }

  /** Stops a job after the transaction that is under way, whichever process does it. `null` for one that is not known. */
  async cancel(database: Database, id: string): Promise<DeliveryReplay | null> {
    const job = this.#jobs.get(id);
    if (job === undefined) return elsewhere(await cancelElsewhere(database, id));
    if (!isOver(job)) job.state = "cancelled";
    return { ...job };
  }

  /** Stops after the transaction that is under way; used when the server stops. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    const job = this.#current();
    if (job !== null) job.state = "cancelled";
    await this.#underWay;
  }

  async #run(
    database: Database,
    job: DeliveryReplay,
    which: ReplayedDeliveries,
    log: Log,
  ): Promise<void> {
    try {
      // Projecting is about whole rooms, whoever asked for it.
      await seeing(WHOLE_SIGHT, () => this.#work(database, job, which));
      job.state = "done";
    } catch (error) {
      if (error instanceof Cancelled) return;
      job.state = "failed";
      log.error({ err: error }, "deliveries were not projected again");
    }
  }

  async #work(database: Database, job: DeliveryReplay, which: ReplayedDeliveries): Promise<void> {
    for (;;) {
      const done = await replayAlone(database, async () => {
        this.#goOn(job);
        job.state = "running";
        if ("ids" in which) await this.#again(database, job, which.ids);
        else await this.#allUnreadable(database, job, which.reader);
        return true;
      });
      if (done !== null) return;
      this.#goOn(job);
      await wait(AGAIN_AFTER_MS);
    }
  }

  async #again(database: Database, job: DeliveryReplay, ids: readonly number[]): Promise<void> {
    const { orm } = database;
    const [rooms, untold] = await Promise.all([roomsToldBy(orm, ids), withoutEvents(orm, ids)]);
    const sizes = await Promise.all(rooms.map((room) => countEvents(orm, room)));
    job.total = sizes.reduce((sum, size) => sum + size, untold.length);
    const settings = { now: Date.now, eventsAtOnce: AT_ONCE, peopleAnew: true };
    for (const room of rooms) {
      const { changed } = await replayRooms(database, [room], settings, {
        add: (events) => this.#did(job, events),
      });
      job.changed += changed;
      job.rooms += 1;
    }
    await this.#reread(database, job, untold);
  }

  async #allUnreadable(database: Database, job: DeliveryReplay, reader: Reader): Promise<void> {
    for (let after = 0; ; ) {
      const ids = await unreadableAfter(reader, after, AT_ONCE);
      const last = ids.at(-1);
      if (last === undefined) return;
      await this.#reread(database, job, ids);
      after = last;
    }
  }

  async #reread(database: Database, job: DeliveryReplay, ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    job.read += await rereadWithoutEvents(database, ids, () => undefined, Date.now);
    this.#did(job, ids.length);
  }

  #did(job: DeliveryReplay, count: number): void {
    job.done += count;
    // More may have come of a room meanwhile.
    job.total = Math.max(job.total, job.done);
    this.#goOn(job);
  }

  /** Throws where the job was cancelled. */
  #goOn({ state }: DeliveryReplay): void {
    if (state === "cancelled") throw new Cancelled();
  }
}

const reportedReplay = z.object({
  id: z.string(),
  state: z.enum(["waiting", "running", "done", "cancelled", "failed"]),
  ...{ done: z.number(), total: z.number(), deliveries: z.number() },
  ...{ rooms: z.number(), changed: z.number(), read: z.number() },
});

/** A job of another process, by its last report. */
function elsewhere(reported: JobElsewhere | null): DeliveryReplay | null {
  const seen = reportedReplay.safeParse(reported?.progress);
  if (reported === null || !seen.success) return null;
  const job = seen.data;
  if (isOver(job)) return job;
  if (reported.isCancelled) return { ...job, state: "cancelled" };
  return reported.isSilent ? { ...job, state: "failed" } : job;
}

const HOLDER = Symbol.for("rollcall.replays");
// Next may bundle this file more than once: for the route that begins a job, and for the page that shows it.
const holder: typeof globalThis & { [HOLDER]?: Replays } = globalThis;

/** The one instance of this process. */
export function replays(): Replays {
  holder[HOLDER] ??= new Replays();
  return holder[HOLDER];
}
