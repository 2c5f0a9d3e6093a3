import { database } from "#db/connection/client.ts";
import { type BotDelivery, botDeliveries } from "#db/meetings/bot-deliveries.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { attendee } from "#server/providers/attendee/attendee.ts";
import {
  type KeptChange,
  keptAddress,
  keptChange,
  keptMetadata,
} from "#server/providers/attendee/kept.ts";
import { BOT_MEETING } from "#server/providers/attendee/translate.ts";
import { type FoundBot, findBot } from "./find.ts";
import type { bot as schema } from "./schema.ts";

export const STATE_CHANGE = "bot.state_change";

type RecordingState = AnswerOf<typeof schema>["recording_state"];

/** The states of a bot whose meeting is over for it. */
const AFTER_MEETING = new Set(["post_processing", "ended"]);

/** An entry of a bot's `events`. `sub_type` is left out where there is none. */
interface BotEvent {
  type: string;
  created_at: string;
  sub_type?: string;
}

/** `GET /api/v1/bots/{id}`, as far as webhooks report it, and its provider where that is asked. */
export async function getBot(_url: URL, id: string): Promise<AnswerOf<typeof schema>> {
  const bot = await findBot(id);
  const [answer] = await describedBots([bot]);
  if (answer === undefined) throw new Error("every bot is described");
  return answer;
}

/**
 * Bots as Attendee describes them, from their deliveries. There is no transcript here: its state has no word for that
 * but `not_started`. One statement, however many.
 */
export async function describedBots(bots: readonly FoundBot[]): Promise<AnswerOf<typeof schema>[]> {
  const own = bots.filter(({ provider }) => provider === attendee.name);
  const deliveries = await botDeliveries(database().orm, own, [STATE_CHANGE, BOT_MEETING]);
  const told = Map.groupBy(deliveries, ({ bot }) => own[bot]);
  return bots.map((bot) => {
    const { changes, metadata, address } = toldBy(told.get(bot) ?? []);
    return {
      id: bot.id,
      metadata,
      meeting_url: address,
      state: changes.findLast(({ newState }) => newState !== null)?.newState ?? stateOf(bot),
      events: bot.provider === attendee.name ? changes.map(eventJson) : eventsOf(bot),
      transcription_state: "not_started",
      recording_state: recordingStateOf(changes),
      join_at: changes.findLast(({ joinAt }) => joinAt !== null)?.joinAt ?? null,
      deduplication_key: null,
    };
  });
}

/** The changes of state in a bot's deliveries, in the order in which they happened, its metadata, and where it was sent. */
function toldBy(deliveries: readonly BotDelivery[]) {
  const changes = deliveries
    .flatMap(({ type, body }) => (type === STATE_CHANGE ? (keptChange(body) ?? []) : []))
    .toSorted(byTime);
  const last = deliveries.at(-1);
  const address = deliveries.reduce<string | null>(
    (known, { body }) => keptAddress(body) ?? known,
    null,
  );
  return { changes, metadata: last ? keptMetadata(last.body) : null, address };
}

/** The state of a bot without a reported change: in the meeting and not recording, until the meeting has ended. */
function stateOf({ status }: FoundBot): string {
  return status === "ended" ? "ended" : "joined_not_recording";
}

/** How far the recording is by the changes of the bot's state. */
function recordingStateOf(changes: readonly KeptChange[]): RecordingState {
  let state: RecordingState = "not_started";
  for (const { newState } of changes) {
    if (newState === "joined_recording") state = "in_progress";
    else if (newState === "joined_recording_paused") state = "paused";
    else if (newState === "fatal_error") state = state === "not_started" ? state : "failed";
    else if (newState !== null && AFTER_MEETING.has(newState)) {
      state = state === "not_started" ? state : "complete";
    }
  }
  return state;
}

/** The start and end of another provider's meeting, as events of a bot. */
function eventsOf({ status, startedAt, endedAt }: FoundBot): BotEvent[] {
  const events: BotEvent[] = [];
  if (startedAt !== null)
    events.push({ type: "joined_meeting", created_at: toWireTime(startedAt) });
  if (status === "ended" && endedAt !== null) {
    events.push({ type: "meeting_ended", created_at: toWireTime(endedAt) });
  }
  return events;
}

function eventJson({ type, createdAt, subType }: KeptChange): BotEvent {
  const event = { type, created_at: createdAt };
  return subType === null ? event : { ...event, sub_type: subType };
}

/** Compares by time. Attendee leaves out microseconds that are zero, so the texts do not sort as they are. */
function byTime(a: KeptChange, b: KeptChange): number {
  const [one, other] = [sortable(a), sortable(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

function sortable({ createdAt }: KeptChange): string {
  return createdAt
    .replace("Z", "")
    .replace(/^([^.]*)$/, "$1.")
    .padEnd(30, "0");
}
