import type { KnownRoom } from "#domain/sources/catching-up/known.ts";
import type { Ms } from "#domain/time/ms.ts";
import { answeredAs } from "#server/providers/contract/answered.ts";
import type { CatchUpAsking, CatchUpFind } from "#server/providers/contract/contract.ts";
import { type ProviderApi, ProviderApiFailure } from "#server/providers/contract/provider-api.ts";
import { type Bot, bot as botShape, participant, participantEvent } from "./listed.ts";
import { listed, page, pathIn } from "./pages.ts";
import { statedChanges } from "./states.ts";
import { BOT_MEETING } from "./translate.ts";

/*
 * Attendee gives the very events back, under their own ids, so what was told is known by that. It gives people as they
 * are now, not as they were then: so an event is taken only after every try at its webhook is over.
 */

/** A webhook is tried three times within some seconds; after that it is only sent again by hand. */
const SETTLED_MS: Ms = 60_000;
/** After so long without being asked a bot may have been scheduled before, and have come and gone. */
const LONG_MS: Ms = 10 * 60_000;
const LIVE = [
  ...["joining", "waiting_room", "joined_not_recording", "joined_recording"],
  ...["joined_recording_paused", "joined_recording_permission_denied", "joining_breakout_room"],
  ...["leaving_breakout_room", "leaving", "post_processing", "connecting", "connected"],
  "disconnecting",
];
const IS_LIVE = new Set(LIVE);
/** What tells of attendance; the others are about speech. */
const IS_ABOUT_ATTENDANCE = new Set(["join", "leave", "update"]);

/** What Attendee knows of since then. */
export async function* catchUp(asking: CatchUpAsking): AsyncGenerator<CatchUpFind> {
  const { api } = asking;
  const known = await asking.known();
  const bots = new Map<string, Bot>();
  const states = LIVE.map((state) => `states=${state}`).join("&");
  for await (const one of listed(api, `/bots?${states}`, botShape)) bots.set(one.id, one);
  const place = yield* addedSince(asking, bots);
  for (const { room, isGoingOn } of known) {
    if (!isGoingOn || bots.has(room)) continue;
    const own = await botNamed(api, room);
    if (own !== null) bots.set(room, own);
  }
  const rooms = new Map(known.map((one) => [one.room, one]));
  for (const bot of bots.values()) yield* ofBot(bot, rooms.get(bot.id), asking);
  yield { place };
}

/**
 * Bots that are not live any more: the list of all has no other order than the oldest first, so it is read on from
 * where it ended the last time. Those that were scheduled long before stand earlier in it, and are asked for by when
 * they were to join. Returns where it ended.
 */
async function* addedSince(
  { api, place, since, now }: CatchUpAsking,
  bots: Map<string, Bot>,
): AsyncGenerator<CatchUpFind, string> {
  let path = place ?? "/bots";
  for (;;) {
    const { next, results } = await page(api, path, botShape);
    for (const one of results) bots.set(one.id, one);
    if (next === null) break;
    path = pathIn(next);
  }
  if (now - since >= LONG_MS) {
    const iso = (at: Ms) => encodeURIComponent(new Date(at).toISOString());
    const due = `/bots?join_at_after=${iso(since)}&join_at_before=${iso(now)}`;
    for await (const one of listed(api, due, botShape)) bots.set(one.id, one);
  }
  return path;
}

async function* ofBot(
  bot: Bot,
  known: KnownRoom | undefined,
  { api, since, now }: CatchUpAsking,
): AsyncGenerator<CatchUpFind> {
  const isLive = IS_LIVE.has(bot.state ?? "");
  const isOpen = known?.isGoingOn === true;
  // One that ended long ago and is open here lost its end before.
  const from = isOpen && !isLive ? 0 : since;
  const changes = statedChanges(bot.events).filter(({ created_at }) => {
    const at = Date.parse(created_at);
    return at >= from && now - at >= SETTLED_MS;
  });
  if (changes.length === 0 && !isLive && !isOpen) return;
  if (bot.meeting_url && known?.isPlaced !== true)
    yield of(bot, BOT_MEETING, { meeting_url: bot.meeting_url });
  for (const { type, sub_type, created_at, oldState, newState } of changes) {
    yield of(bot, "bot.state_change", {
      ...{ event_type: type, event_sub_type: sub_type ?? null, event_metadata: {} },
      ...{ old_state: oldState, new_state: newState, created_at },
    });
  }
  const address = `/bots/${encodeURIComponent(bot.id)}`;
  const after = encodeURIComponent(new Date(since).toISOString());
  const events = listed(api, `${address}/participant_events?after=${after}`, participantEvent);
  for await (const event of events) {
    if (!IS_ABOUT_ATTENDANCE.has(event.event_type)) continue;
    if (now - event.timestamp_ms < SETTLED_MS) continue;
    yield of(bot, "participant_events.join_leave", event);
  }
  if (isLive && known !== undefined) yield* hostChanges(bot, known, address, { api, now });
}

/** Attendee tells nobody who became host: it is seen by who is one now, of those who are in. */
async function* hostChanges(
  bot: Bot,
  known: KnownRoom,
  address: string,
  { api, now }: Pick<CatchUpAsking, "api" | "now">,
): AsyncGenerator<CatchUpFind> {
  const isIn = known.stays.filter(({ leftAt }) => leftAt === null);
  if (isIn.length === 0) return;
  const hosts = new Map(isIn.map(({ participantId, isHost }) => [participantId, isHost === true]));
  for await (const { uuid, user_uuid, name, is_host } of listed(
    api,
    `${address}/participants`,
    participant,
  )) {
    const before = hosts.get(uuid);
    if (before === undefined || before === is_host) continue;
    yield of(bot, "participant_events.join_leave", {
      ...{
        event_type: "update",
        event_data: {},
        timestamp_ms: now,
        participant_name: name ?? null,
      },
      ...{ participant_uuid: uuid, participant_user_uuid: user_uuid ?? null },
      participant_is_host: is_host,
    });
  }
}

/** In the form of a webhook. */
function of({ id, metadata = null }: Bot, trigger: string, data: object): CatchUpFind {
  const named = id.startsWith("app_")
    ? { app_session_id: id, app_session_metadata: metadata }
    : { bot_id: id, bot_metadata: metadata };
  return { body: JSON.stringify({ ...named, trigger, data }) };
}

/** A bot that may be gone, or have been another project's. */
async function botNamed(api: ProviderApi, id: string): Promise<Bot | null> {
  try {
    return answeredAs(botShape, await api.ask("GET", `/bots/${encodeURIComponent(id)}`));
  } catch (error) {
    if (error instanceof ProviderApiFailure && error.problem === "refused") return null;
    throw error;
  }
}
