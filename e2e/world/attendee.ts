import { createHmac, randomUUID } from "node:crypto";
import { deliver, type Letter, type Source } from "./http.ts";

/** A person as a bot of Attendee sees them. */
export interface BotParticipant {
  uuid: string;
  name: string | null;
  isHost?: boolean;
}

export type AttendeeJson =
  | string
  | number
  | boolean
  | null
  | readonly AttendeeJson[]
  | { readonly [key: string]: AttendeeJson };

/**
 * Signs as Attendee does: over the body with sorted keys, no spaces and nothing escaped. The body that is
 * sent is Python's default form: spaces after separators, and only ASCII.
 */
export function signedByAttendee(body: AttendeeJson, secret: string): Letter {
  const key = Buffer.from(secret, "base64");
  const canonical = JSON.stringify(sorted(body));
  const signature = createHmac("sha256", key).update(canonical).digest("base64");
  return { body: pythonForm(body), headers: { "x-webhook-signature": signature } };
}

/** One bot of Attendee, which reports its meeting. Times are epoch ms; now where none is given. */
export class AttendeeBot {
  readonly id: string;
  readonly title: string;
  isForgotten = false;
  readonly #source: Source;

  constructor(source: Source, title: string) {
    this.#source = source;
    this.id = `bot_${randomUUID().replaceAll("-", "").slice(0, 16)}`;
    this.title = title;
  }

  arrives(at = Date.now()): Promise<Letter> {
    return this.#changes("joining", "joined_not_recording", "joined_meeting", at);
  }

  /** The bot leaves, even while people are still in. */
  departs(at = Date.now()): Promise<Letter> {
    return this.#changes("joined_recording", "post_processing", "meeting_ended", at);
  }

  /** Attendee deleted its data of the meeting; it records nothing more of it. */
  forgets(at = Date.now()): Promise<Letter> {
    this.isForgotten = true;
    return this.#changes("ended", "data_deleted", "data_deleted", at);
  }

  joins(who: BotParticipant, at = Date.now()): Promise<Letter> {
    return this.#sees("join", who, at);
  }

  leaves(who: BotParticipant, at = Date.now()): Promise<Letter> {
    return this.#sees("leave", who, at);
  }

  #sees(kind: "join" | "leave", { uuid, name, isHost = false }: BotParticipant, at: number) {
    return this.#send("participant_events.join_leave", {
      id: `pe_${randomUUID().replaceAll("-", "").slice(0, 16)}`,
      event_data: {},
      event_type: kind,
      timestamp_ms: at,
      participant_name: name,
      participant_uuid: uuid,
      participant_is_host: isHost,
      participant_user_uuid: null,
    });
  }

  #changes(from: string, to: string, event: string, at: number) {
    return this.#send("bot.state_change", {
      new_state: to,
      old_state: from,
      created_at: new Date(at).toISOString().replace("Z", "000+00:00"),
      event_type: event,
      event_metadata: {},
      event_sub_type: null,
    });
  }

  async #send(trigger: string, data: AttendeeJson): Promise<Letter> {
    const body = {
      idempotency_key: randomUUID(),
      bot_id: this.id,
      bot_metadata: { title: this.title },
      trigger,
      data,
    };
    const letter = signedByAttendee(body, this.#source.secret);
    await deliver(this.#source, letter);
    return letter;
  }
}

function sorted(value: AttendeeJson): AttendeeJson {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

function pythonForm(value: AttendeeJson): string {
  if (typeof value === "string") return ascii(JSON.stringify(value));
  if (Array.isArray(value)) return `[${value.map(pythonForm).join(", ")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value);
  return `{${entries.map(([key, inner]) => `${pythonForm(key)}: ${pythonForm(inner)}`).join(", ")}}`;
}

function ascii(text: string): string {
  return text.replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
