import { hashOf } from "#db/access/shares/shares.ts";
import { database } from "#db/connection/client.ts";
import { listRoomGroups } from "#db/desk/groups/room-groups.ts";
import { type LobbyRow, pastWaitsOf, readLobbies } from "#db/desk/lobby/lobbies.ts";
import type { Reader } from "#db/sql/orm.ts";
import { hoursChangeAfter, isOpen } from "#domain/desk/groups/opening-hours.ts";
import { type RoomGroup, rulesOf } from "#domain/desk/groups/room-group.ts";
import { type Lobby, MESSAGE_HOLDS_MS } from "#domain/desk/lobby/lobby.ts";
import { type PastWait, usualWait } from "#domain/desk/lobby/usual-wait.ts";
import type { Ms } from "#domain/time/ms.ts";
import { offsetIn } from "#server/http/period.ts";
import { installationTimeZone } from "#server/http/zone.ts";
import { recent } from "#server/live/recent.ts";

/** However many pages are open, what goes on is read so often, and what changes seldom so often. */
const GOOD_FOR_MS: Ms = 1_000;
const SELDOM_MS: Ms = 60_000;
/** As far back a room's own past is looked at. */
const PAST_MS: Ms = 56 * 86_400_000;

interface Seldom {
  groups: readonly RoomGroup[];
  past: ReadonlyMap<number, readonly PastWait[]>;
}

/**
 * How rooms stand for those who wait for them, by the tokens of their links. All of it is read at once, for whoever
 * asks, so a thousand open pages cost one statement a second, and a token that never was costs none.
 */
export class Lobbies {
  readonly #now: () => Ms;
  readonly #read: () => Promise<{ rows: Map<string, LobbyRow>; asOf: Ms }>;
  readonly #seldom: () => Promise<Seldom>;

  constructor(reader: () => Reader, now: () => Ms) {
    this.#now = now;
    this.#read = recent(async () => {
      const asOf = now();
      const rows = await readLobbies(reader(), asOf, asOf - MESSAGE_HOLDS_MS);
      return { rows: new Map(rows.map((row) => [row.hash, row])), asOf };
    }, GOOD_FOR_MS);
    this.#seldom = recent(async () => {
      const { rows } = await this.#read();
      const roomIds = [...rows.values()].flatMap(({ roomId }) => roomId ?? []);
      const [groups, past] = await Promise.all([
        listRoomGroups(reader()),
        pastWaitsOf(reader(), roomIds, now() - PAST_MS),
      ]);
      return { groups, past };
    }, SELDOM_MS);
  }

  /** The room of a link, for somebody who has waited since a moment where that is known; `null` for no such link. */
  async find(token: string, since: Ms | null): Promise<{ shareId: string; lobby: Lobby } | null> {
    const { rows, asOf } = await this.#read();
    const row = rows.get(hashOf(token).toString("hex"));
    if (row === undefined) return null;
    return {
      shareId: row.shareId,
      lobby: lobbyOf(row, await this.#seldom(), this.#now(), asOf, since),
    };
  }
}

function lobbyOf(
  row: LobbyRow,
  { groups, past }: Seldom,
  now: Ms,
  asOf: Ms,
  since: Ms | null,
): Lobby {
  const { hours } = rulesOf(row, groups);
  const timeZone = hours?.timeZone ?? installationTimeZone();
  const offsetAt = offsetIn(timeZone);
  const ofRoom = row.roomId === null ? [] : (past.get(row.roomId) ?? []);
  return {
    name: row.name,
    isOpen: hours === null || isOpen(hours, now, offsetAt),
    changesAt: hours && hoursChangeAfter(hours, now, offsetAt),
    timeZone,
    waiting: row.waiting.length,
    before: since === null ? null : row.waiting.filter((at) => at < since).length,
    hostIsThere: row.hostIsThere,
    message: row.message,
    usual: usualWait(ofRoom, now, offsetAt),
    asOf,
  };
}

const ofProcess = new Lobbies(() => database().orm, Date.now);

export function lobbies(): Lobbies {
  return ofProcess;
}
