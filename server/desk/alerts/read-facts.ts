import type { Database } from "#db/connection/client.ts";
import {
  meetingsToWatch,
  refusedSince,
  type WatchedRow,
  watchedMeetings,
} from "#db/desk/alerts/facts.ts";
import { listRoomGroups } from "#db/desk/groups/room-groups.ts";
import { listScheduled } from "#db/scheduled/reading-scheduled.ts";
import { heardBySource } from "#db/sources/hearing.ts";
import { LOOKED_BACK_MS } from "#domain/desk/alerts/evaluate.ts";
import type { AlertFacts, WatchedHouse } from "#domain/desk/alerts/facts.ts";
import type { AlertRule, RuleKind } from "#domain/desk/alerts/rule.ts";
import { closedWithin } from "#domain/desk/groups/opening-hours.ts";
import { type RoomGroup, rulesOf } from "#domain/desk/groups/room-group.ts";
import { silenceOf } from "#domain/sources/silence.ts";
import type { Ms } from "#domain/time/ms.ts";
import { offsetIn } from "#server/http/period.ts";
import { ensureOccurrences } from "#server/scheduled/occurrences.ts";
import { withFacts } from "#server/scheduled/read.ts";

/** How often sources are asked about, and what is scheduled is looked for. */
const SELDOM_MS: Ms = 60_000;
/** A meeting that ended is of interest for so long. */
const KEPT_MS: Ms = 4 * LOOKED_BACK_MS;
/** Scheduled meetings that begin within this time are known beforehand. */
const AHEAD_MS: Ms = 2 * SELDOM_MS;
/** Opening hours count so long back and ahead. */
const AROUND_MS: Ms = 2 * 86_400_000;
const MOST_APPOINTMENTS = 500;
/** A source that nobody has sent to for a day is refused no more. */
const REFUSED_WITHIN_MS: Ms = 86_400_000;

/** What alerts follow from, kept in memory and read anew where something changed. */
export class FactsInMemory {
  readonly #database: Database;
  readonly #meetings = new Map<string, WatchedRow>();
  #sources: AlertFacts["sources"] = [];
  #sourcesAt: Ms | null = null;
  #occurrencesAt: Ms | null = null;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Reads what changed; everything where `changed` is `null`. A fixed number of statements. */
  async read(
    changed: readonly string[] | null,
    rules: readonly AlertRule[],
    now: Ms,
  ): Promise<AlertFacts> {
    const { orm } = this.#database;
    if (changed === null) this.#sourcesAt = null;
    const ids = changed ?? (await meetingsToWatch(orm, now - KEPT_MS));
    if (changed === null) this.#meetings.clear();
    const rows = await watchedMeetings(orm, ids);
    for (const id of ids) this.#meetings.delete(id);
    for (const row of rows) this.#meetings.set(row.id, row);
    for (const [id, { endedAt }] of this.#meetings) {
      if (endedAt !== null && endedAt < now - KEPT_MS && changed !== null)
        this.#meetings.delete(id);
    }
    const kinds = new Set(rules.flatMap(({ kind, isOn }) => (isOn ? [kind] : [])));
    if (asksForSources(kinds)) await this.#readSources(now);
    const groups = await listRoomGroups(orm);
    return {
      meetings: [...this.#meetings.values()].map((one) => ({
        ...one,
        ...houseOfRoom({ ...one, key: one.room }, groups, now),
      })),
      appointments: kinds.has("not_begun") ? await this.#appointments(groups, now) : [],
      sources: this.#sources,
    };
  }

  /** Which sources are heard and refused is read with the next facts. */
  forgetSources(): void {
    this.#sourcesAt = null;
  }

  async #readSources(now: Ms): Promise<void> {
    if (this.#sourcesAt !== null && now - this.#sourcesAt < SELDOM_MS) return;
    const { orm } = this.#database;
    const [heard, refused] = await Promise.all([
      heardBySource(orm),
      refusedSince(orm, now - REFUSED_WITHIN_MS),
    ]);
    this.#sourcesAt = now;
    this.#sources = heard.map((one) => ({
      ...{ id: one.id, lastAt: one.lastAt, allowedMs: silenceOf(one, now).allowedMs },
      refusedSince: refused.get(one.id) ?? null,
    }));
  }

  async #appointments(groups: readonly RoomGroup[], now: Ms): Promise<AlertFacts["appointments"]> {
    if (this.#occurrencesAt === null || now - this.#occurrencesAt >= SELDOM_MS) {
      await ensureOccurrences(now, this.#database);
      this.#occurrencesAt = now;
    }
    const { orm } = this.#database;
    const about = {
      ...{ source: null, room: null, q: null, from: null, endedBy: null },
      ...{ to: now + AHEAD_MS, endsAfter: now - LOOKED_BACK_MS, isHeld: true },
    };
    const rows = await listScheduled(orm, about, "asc", null, MOST_APPOINTMENTS);
    return (await withFacts(rows, orm)).map(({ row, facts }) => {
      const title = row.title ?? row.roomTitle;
      const sourceId = row.source.id;
      return {
        ...{ id: row.id, roomId: null, sourceId, room: row.room, title, facts },
        ...houseOfRoom({ sourceId, key: row.room, title: row.roomTitle }, groups, now),
      };
    });
  }
}

/** The groups of a room, and when it is closed about now. */
function houseOfRoom(
  room: { sourceId: string; key: string; title: string | null },
  groups: readonly RoomGroup[],
  now: Ms,
): WatchedHouse {
  const { groups: own, hours } = rulesOf(room, groups);
  const ids = own.map(({ id }) => id);
  if (hours === null) return { groups: ids, closed: [] };
  const offsetAt = offsetIn(hours.timeZone);
  return { groups: ids, closed: closedWithin(hours, now - AROUND_MS, now + AROUND_MS, offsetAt) };
}

function asksForSources(kinds: ReadonlySet<RuleKind>): boolean {
  return kinds.has("source_silent") || kinds.has("source_refused");
}
