import { performance } from "node:perf_hooks";
import { isDeepStrictEqual } from "node:util";
import { seeing } from "#db/access/sight/seeing.ts";
import { type Database, database, databaseIn } from "#db/connection/client.ts";
import { type Sight, WHOLE_SIGHT } from "#domain/access/sight.ts";
import { changeOf } from "#domain/live/desk-change.ts";
import type { DeskChange, DeskSnapshot } from "#domain/live/desk-wire.ts";
import type { Ms } from "#domain/time/ms.ts";
import { shown } from "#server/http/shown.ts";
import { pushInTurns } from "#server/live/in-turns.ts";
import type { LiveServer } from "#server/live/live-server.ts";
import { deskRoom, deskZonesIn, partSights } from "#server/live/rooms.ts";
import { ensureOccurrences } from "#server/scheduled/occurrences.ts";
import { readDesk } from "./read-desk.ts";

/** At most one part in so many of the time is spent on reading the desk. */
const SHARE = 5;
const LEAST_REST_MS: Ms = 200;
/** What the clock alone changes, as that somebody is late, is seen within this time. */
const EVERY_MS: Ms = 15_000;

interface Parts {
  io: LiveServer;
  database: Database;
  now: () => Ms;
  log: { error: (about: object, message: string) => void };
}

/**
 * Pushes what changed of the desk to those who watch it: soon after something happened, and from time to time. The desk
 * is read once for each zone and sight that is watched, and not at all where nobody watches.
 */
export class DeskPushes {
  readonly #parts: Parts;
  readonly #last = new Map<string, DeskSnapshot>();
  readonly #clock: NodeJS.Timeout;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #isDue = false;
  #isStopped = false;
  #restsUntil = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#clock = setInterval(() => this.soon(), EVERY_MS).unref();
  }

  /** Something may have changed. */
  soon(): void {
    this.#isDue = true;
    if (this.#isStopped || this.#running !== null || this.#timer !== null) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        this.#running = this.#run().finally(() => {
          this.#running = null;
          if (this.#isDue) this.soon();
        });
      },
      Math.max(0, this.#restsUntil - performance.now()),
    );
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#clock);
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#running;
  }

  async #run(): Promise<void> {
    this.#isDue = false;
    const begun = performance.now();
    try {
      await this.#push();
    } catch (error) {
      const { io, log } = this.#parts;
      log.error({ err: error }, "the desk was not pushed; everybody is asked to read again");
      io.emit("live:resync");
    }
    const took = performance.now() - begun;
    this.#restsUntil = performance.now() + Math.max(LEAST_REST_MS, took * (SHARE - 1));
  }

  async #push(): Promise<void> {
    const { io, database, now } = this.#parts;
    const watched = new Set<string>();
    for (const sight of [WHOLE_SIGHT, ...partSights(io)]) {
      for (const zone of deskZonesIn(io.sockets.adapter.rooms.keys(), sight)) {
        const room = deskRoom(zone, sight);
        watched.add(room);
        const desk = await readDeskFor(sight, database, now(), zone);
        const last = this.#last.get(room) ?? null;
        const change = changeOf(last, desk);
        this.#last.set(room, desk);
        // Where nothing of theirs changed, they are not told that something did.
        if (isChange(change, last)) await pushInTurns(io, [room], "desk:changed", change);
      }
    }
    for (const room of this.#last.keys()) if (!watched.has(room)) this.#last.delete(room);
  }
}

function isChange({ lines, lost, gone, day }: DeskChange, last: DeskSnapshot | null): boolean {
  return lines.length + lost.length + gone.length > 0 || !isDeepStrictEqual(day, last?.day ?? null);
}

/** The desk of today in a zone, for whom the work now is: a page opens with it. */
export async function deskForPage(timeZone: string): Promise<DeskSnapshot> {
  const now = Date.now();
  await ensureOccurrences(now);
  return shown(await readDesk(database().orm, now, timeZone));
}

/** The desk as somebody with a sight is shown it. */
export async function readDeskFor(
  sight: Sight,
  database: Database,
  now: Ms,
  timeZone: string,
): Promise<DeskSnapshot> {
  return seeing(sight, async () =>
    shown(await readDesk(databaseIn(sight, database).orm, now, timeZone), sight),
  );
}
