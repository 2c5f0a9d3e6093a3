import { database } from "#db/connection/client.ts";
import type { ListCursor } from "#db/lists/list-cursor.ts";
import { type BotPlace, type ListedBot, listBots } from "#db/meetings/listed-bots.ts";
import { placeOf } from "#domain/meeting/same-place.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { attendee } from "#server/providers/attendee/attendee.ts";
import { BotRefusal } from "./answer.ts";
import { describedBots, STATE_CHANGE } from "./bot.ts";
import { lastIn, momentIn } from "./moments.ts";
import { cursorIn, invalidCursor, linkedPage, PAGE } from "./pages.ts";
import type { botPage } from "./schema.ts";

/** The states of a bot, and of an app session, in the order in which Attendee names them. */
const STATES = [
  ...["ready", "joining", "joined_not_recording", "joined_recording", "leaving"],
  ...["post_processing", "fatal_error", "waiting_room", "ended", "data_deleted", "scheduled"],
  ...["staged", "joined_recording_paused", "joining_breakout_room", "leaving_breakout_room"],
  ...["joined_recording_permission_denied", "connecting", "connected", "disconnecting"],
];
const PROVIDER = { name: attendee.name, stateChange: STATE_CHANGE };
const PLACE = /^(\d{1,15})\.([^\0]{0,2000})$/su;

/** `GET /api/v1/bots`: bots, and meetings of other providers as such, the oldest first. Two statements. */
export async function getBots(url: URL): Promise<AnswerOf<typeof botPage>> {
  const { address, key, states } = {
    address: lastIn(url, "meeting_url") || null,
    key: lastIn(url, "deduplication_key") || null,
    states: statesIn(url),
  };
  const joinAfter = momentIn(url, "join_at_after");
  const joinBefore = momentIn(url, "join_at_before");
  const cursor = placeIn(url);
  const place = address === null ? null : placeOf(address);
  // No bot is known by a key of its user, and none is at what is no address.
  const isNone = key !== null || (address !== null && place === null);
  const filter = { place, states, joinAfter, joinBefore };
  const { orm } = database();
  const rows = isNone ? [] : await listBots(orm, PROVIDER, filter, cursor, PAGE + 1);
  const { results, ...links } = linkedPage(url, cursor, rows, linksOf(cursor), (row) => row);
  return { ...links, results: await describedBots(results) };
}

function linksOf(cursor: ListCursor<BotPlace> | null) {
  const textOf = ({ at, id }: BotPlace) => `${at}.${id}`;
  const edge = cursor?.key ?? { at: 0, id: "" };
  return {
    placeOf: (row: ListedBot) => textOf(row),
    before: textOf({ at: 0, id: "" }),
    // The text that is next to the id in its order.
    behind: textOf({ at: edge.at, id: `${edge.id}\u{1}` }),
  };
}

function placeIn(url: URL): ListCursor<BotPlace> | null {
  const cursor = cursorIn(url);
  if (cursor === null) return null;
  const [, at, id] = PLACE.exec(cursor.key) ?? [];
  if (at === undefined || id === undefined) throw invalidCursor();
  return { direction: cursor.direction, key: { at: Number(at), id } };
}

/** The states that are asked for, each by itself; `null` for all. Throws 400 for a word that is none. */
function statesIn(url: URL): string[] | null {
  const states = url.searchParams.getAll("states");
  const wrong = states.find((one) => !STATES.includes(one));
  if (wrong !== undefined) {
    const error = `Invalid state: ${wrong}. Valid states are: ${STATES.join(", ")}`;
    throw new BotRefusal(400, { error });
  }
  return states.length === 0 ? null : states;
}
