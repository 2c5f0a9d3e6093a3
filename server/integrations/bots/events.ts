import { database } from "#db/connection/client.ts";
import { type BotEventRow, botEvents as botEventsOf } from "#db/meetings/bots.ts";
import { hostChange } from "#domain/event/host-change.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { keptEvent } from "#server/providers/attendee/kept.ts";
import { findBot } from "./find.ts";
import { momentIn } from "./moments.ts";
import { PAGE, pageNumberIn, pageOf } from "./pages.ts";
import type { botEvents } from "./schema.ts";

const TYPE = { joined: "join", left: "leave", updated: "update" } as const;

/** `GET /api/v1/bots/{id}/participant_events`: events as they were reported, in the order they were recorded. */
export async function getBotEvents(url: URL, id: string): Promise<AnswerOf<typeof botEvents>> {
  const bot = await findBot(id);
  const between = { after: momentIn(url, "after"), before: momentIn(url, "before") };
  const cursor = pageNumberIn(url, bot.meetingId);
  const rows = await botEventsOf(database().orm, bot, between, cursor, PAGE + 1);
  return pageOf(url, bot.meetingId, cursor, rows, eventJson);
}

function eventJson({ type, at, participantId, data, name, body, wasHost }: BotEventRow) {
  const { id, eventData } = body === null ? { id: null, eventData: null } : keptEvent(body);
  return {
    id: id ?? `pe_${name}`,
    participant_name: data.name ?? null,
    participant_uuid: participantId,
    participant_user_uuid: data.user_id ?? null,
    participant_is_host: data.is_host ?? false,
    event_type: TYPE[type],
    event_data: eventData ?? (type === "updated" ? hostChange(wasHost, data.is_host ?? null) : {}),
    timestamp_ms: at,
  };
}
