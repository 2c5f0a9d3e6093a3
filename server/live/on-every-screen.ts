import { seeing } from "#db/access/sight/seeing.ts";
import { type Database, databaseIn } from "#db/connection/client.ts";
import type { Reader } from "#db/sql/orm.ts";
import { isWhole, type Sight, sightKey, WHOLE_SIGHT } from "#domain/access/sight.ts";
import type { ServerToClient } from "#domain/live/wire.ts";
import type { Ms } from "#domain/time/ms.ts";
import { shown } from "#server/http/shown.ts";
import type { LiveServer } from "./live-server.ts";
import { PART_ROOM, partRoom, partSights } from "./rooms.ts";

/** Changes within this time are one push. */
const GATHERED_MS: Ms = 40;

/** What is pushed whole to everybody. */
interface PushedWhole {
  "alerts:changed": Parameters<ServerToClient["alerts:changed"]>[0];
  "acts:changed": Parameters<ServerToClient["acts:changed"]>[0];
}

interface Parts<Event extends keyof PushedWhole> {
  database: Database;
  now: () => Ms;
  log: { error: (about: object, message: string) => void };
  /** Reads what there is, by who sees it. */
  read: (reader: Reader, now: Ms) => Promise<PushedWhole[Event]>;
  isSame: (one: PushedWhole[Event], other: PushedWhole[Event]) => boolean;
  /** Sends it to some. */
  send: (to: Pick<LiveServer, "emit">, what: PushedWhole[Event]) => void;
}

/** Something that is on the screens of everybody who is connected: read once for each sight, and pushed whole. */
export class OnEveryScreen<Event extends keyof PushedWhole> {
  readonly #parts: Parts<Event>;
  #read = new Map<string, Promise<PushedWhole[Event]>>();
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: Parts<Event>) {
    this.#parts = parts;
  }

  /** What somebody with a sight is shown now. */
  shown(sight: Sight): Promise<PushedWhole[Event]> {
    const key = sightKey(sight);
    const known = this.#read.get(key);
    if (known !== undefined) return known;
    const reading = this.#readFor(sight);
    this.#read.set(key, reading);
    // What failed is not remembered.
    reading.catch(() => this.#read.delete(key));
    return reading;
  }

  /** It, or who and what it is about, may have changed: everybody is sent what they are shown then. */
  changed(io: LiveServer): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#running = this.#running.then(() => this.#push(io));
    }, GATHERED_MS);
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#running;
  }

  async #push(io: LiveServer): Promise<void> {
    const { log, send, isSame } = this.#parts;
    const before = this.#read;
    this.#read = new Map();
    try {
      send(io.except(PART_ROOM), await this.shown(WHOLE_SIGHT));
      for (const sight of partSights(io)) {
        const open = await this.shown(sight);
        // Where nothing of theirs changed, they are not told that something did.
        const last = await before.get(sightKey(sight))?.catch(() => null);
        if (last && isSame(last, open)) continue;
        send(io.to(partRoom(sight)), open);
      }
    } catch (error) {
      log.error({ err: error }, "what changed was not pushed; everybody is asked to read again");
      io.emit("live:resync");
    }
  }

  async #readFor(sight: Sight): Promise<PushedWhole[Event]> {
    const { database, now, read } = this.#parts;
    const { orm } = isWhole(sight) ? database : databaseIn(sight, database);
    return seeing(sight, async () => shown(await read(orm, now()), sight));
  }
}
