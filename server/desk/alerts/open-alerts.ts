import { isDeepStrictEqual } from "node:util";
import { seeing } from "#db/access/sight/seeing.ts";
import { type Database, databaseIn } from "#db/connection/client.ts";
import { countOpenAlerts, openAlerts } from "#db/desk/alerts/alerts.ts";
import { isWhole, type Sight, sightKey, WHOLE_SIGHT } from "#domain/access/sight.ts";
import type { OpenAlerts } from "#domain/desk/alerts/wire.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { shown } from "#server/http/shown.ts";
import type { LiveServer } from "#server/live/live-server.ts";
import { PART_ROOM, partRoom, partSights } from "#server/live/rooms.ts";
import { shownAlert } from "./shown-alert.ts";

/** So many are on every screen; of others only how many there are. */
const MOST_SHOWN = 100;
/** Changes within this time are one push. */
const GATHERED_MS: Ms = 40;

interface Parts {
  database: Database;
  now: () => Ms;
  log: { error: (about: object, message: string) => void };
}

/** The alerts that are not over, on the screens of everybody who is connected: read once for each sight. */
export class OpenAlertsOnScreen {
  readonly #parts: Parts;
  #read = new Map<string, Promise<OpenAlerts>>();
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What somebody with a sight is shown now. */
  shown(sight: Sight): Promise<OpenAlerts> {
    const key = sightKey(sight);
    const known = this.#read.get(key);
    if (known !== undefined) return known;
    const reading = this.#readFor(sight);
    this.#read.set(key, reading);
    // What failed is not remembered.
    reading.catch(() => this.#read.delete(key));
    return reading;
  }

  /** Alerts, or who and what they are about, may have changed: everybody is sent what they are shown then. */
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
    const before = this.#read;
    this.#read = new Map();
    try {
      const whole = await this.shown(WHOLE_SIGHT);
      io.except(PART_ROOM).emit("alerts:changed", whole);
      for (const sight of partSights(io)) {
        const open = await this.shown(sight);
        // Where nothing of theirs changed, they are not told that something did.
        const last = await before.get(sightKey(sight))?.catch(() => null);
        if (last && isSame(last, open)) continue;
        io.to(partRoom(sight)).emit("alerts:changed", open);
      }
    } catch (error) {
      const { log } = this.#parts;
      log.error({ err: error }, "alerts were not pushed; everybody is asked to read again");
      io.emit("live:resync");
    }
  }

  async #readFor(sight: Sight): Promise<OpenAlerts> {
    const { database, now } = this.#parts;
    const { orm } = isWhole(sight) ? database : databaseIn(sight, database);
    return seeing(sight, async () => {
      const [rows, count] = await Promise.all([openAlerts(orm, MOST_SHOWN), countOpenAlerts(orm)]);
      const more = Math.max(0, count - rows.length);
      return shown({ alerts: rows.map(shownAlert), more, as_of: toWireTime(now()) }, sight);
    });
  }
}

function isSame(one: OpenAlerts, other: OpenAlerts): boolean {
  return one.more === other.more && isDeepStrictEqual(one.alerts, other.alerts);
}
