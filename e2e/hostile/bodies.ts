import type { Chance } from "./chance.ts";
import { documentedBody } from "./documented.ts";
import { anything, mutated } from "./values.ts";

export interface HostileBody {
  bytes: Buffer;
  type: string;
}

/** The keys, ids and webhooks that the server knows, for requests that are nearly valid. */
export interface Known {
  key: string;
  cookie: string;
  /** Ids of every kind: meetings, rooms, people, statements, deliveries. */
  ids: readonly string[];
  webhooks: readonly Webhook[];
}

/** Where webhooks go, the events they report there, and their signature. */
export interface Webhook {
  path: string;
  event: (chance: Chance) => object;
  sign: (body: string) => Record<string, string>;
}

/** A valid body of a request to the API. */
function requestBody(chance: Chance, ids: readonly string[]): unknown {
  const id = () => chance.one(ids);
  if (chance.happens(0.5)) return documentedBody(chance, () => anyText(id, chance));
  return chance.one<unknown>([
    { verdict: "same", participant_ids: [id(), id()], by: "Mo" },
    { verdict: "different", participant_ids: [id()], apart_from: [id()], by: "Mo" },
    { verdict: "note_taker", participant_ids: [id()], by: "Mo" },
    { verdict: "joined", with: id(), by: "Mo" },
    { verdict: "parted", at: moment(chance), by: "Mo" },
    { verdict: "not_here", by: "Mo" },
    { verdict: "not_here", person_ids: [id()], since: moment(chance), by: "Mo" },
    { verdict: "not_here", participant_ids: [id()], where: "waiting", by: "Mo" },
    { people: [id(), id()], by: "Mo" },
    { by: "Mo" },
    { meeting_id: id(), participant_id: id(), by: "Mo" },
    { person_id: id(), from: "2026-11-01", to: "2026-11-30", tz: "Europe/Berlin", by: "Mo" },
    { hash: "0".repeat(64), facts: null },
    {
      source: id(),
      room: "ward",
      title: "Round",
      starts_at: "2026-11-20T10:00:00Z",
      ends_at: "2026-11-20T11:00:00Z",
      tz: "UTC",
      late_after_ms: 300_000,
      roster: [{ name: "Ada", email: "ada@example.org", user_id: null, role: "host" }],
      by: "Mo",
    },
    { roster: "name,email\nAda,ada@example.org\n", by: "Mo" },
    {
      name: "7b",
      roster: "Nachname;Vorname\nMüller;Anna",
      reading: { columns: ["last_name", null], heading_line: 1, commas: "last_first" },
      repeat: { weekdays: [5], until: "2026-12-18" },
    },
    { class_list: chance.one([null, id()]), following: true, by: "Mo" },
    { position: 1, meeting_id: id(), person_id: id(), by: "Mo" },
    {
      name: "Clinic",
      empty_gap_ms: chance.below(3_600_000),
      grace_ms: chance.below(600_000),
      note_takers: ["Scribe"],
    },
  ]);
}

/** An id, a moment or a name, for a field that may be any text. */
function anyText(id: () => string, chance: Chance): string {
  return chance.one([id, id, () => moment(chance), () => "ward"])();
}

/** A moment on the day of the events. */
function moment(chance: Chance): string {
  return new Date((DAY_S + chance.below(50_000)) * 1_000).toISOString();
}

const FILE = [
  "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest",
  "Ada,ada@example.org,11/20/2026 10:00:00 AM,11/20/2026 10:30:00 AM,30,No",
  "Bo,,11/20/2026 10:05:00 AM,11/20/2026 10:45:00 AM,40,Yes",
].join("\r\n");

export function bodyFor(path: string, chance: Chance, ids: readonly string[]): HostileBody {
  const isFile = path.includes("/imports");
  const kind = chance.below(isFile ? 12 : 9);
  if (kind < 6) return json(mutated(requestBody(chance, ids), chance), chance);
  if (kind === 6) return json(anything(chance), chance);
  if (kind === 7) return { bytes: noise(chance), type: "text/plain" };
  if (kind === 8) return { bytes: Buffer.from(broken(FILE, chance)), type: "text/csv" };
  if (kind === 9) return { bytes: form(broken(FILE, chance), chance), type: FORM };
  return {
    bytes: Buffer.from(chance.happens(0.5) ? FILE : broken(FILE, chance)),
    type: "text/csv",
  };
}

const DAY_S = 1_795_800_000;

/** An event of a Daily room. */
export function eventOfDaily(chance: Chance): object {
  const at = DAY_S + chance.below(50_000);
  const types = ["participant.joined", "participant.left", "waiting-participant.joined"];
  return {
    version: "1.0.0",
    type: chance.one([...types, "waiting-participant.left", "meeting.started", "meeting.ended"]),
    id: `1-${chance.below(1_000_000)}`,
    payload: {
      room: `ward-${chance.below(5)}`,
      meeting_id: `m${chance.below(9)}`,
      start_ts: at,
      end_ts: at + 60,
      user_name: `Guest ${chance.below(9)}`,
      session_id: `s${chance.below(40)}`,
      joined_at: at,
      duration: chance.below(600),
      owner: false,
    },
    event_ts: at,
  };
}

/** An event that a bot of Attendee reports of its meeting. */
export function eventOfAttendee(chance: Chance): object {
  const at = DAY_S + chance.below(50_000);
  const heading = {
    idempotency_key: `k${chance.below(1_000_000)}`,
    bot_id: `bot_${chance.below(5)}`,
    bot_metadata: { title: "Renewal" },
  };
  if (chance.happens(0.3)) {
    const data = {
      new_state: chance.one(["joined_not_recording", "post_processing", "ended", "waiting_room"]),
      old_state: "joining",
      created_at: new Date(at * 1_000).toISOString(),
      event_type: chance.one(["joined_meeting", "meeting_ended", "could_not_join"]),
      event_metadata: {},
      event_sub_type: null,
    };
    return { ...heading, trigger: "bot.state_change", data };
  }
  const data = {
    id: `pe_${chance.below(1_000_000)}`,
    event_data: {},
    event_type: chance.one(["join", "leave", "update"]),
    timestamp_ms: at * 1_000,
    participant_name: `Guest ${chance.below(9)}`,
    participant_uuid: `u${chance.below(40)}`,
    participant_is_host: chance.happens(0.3),
    participant_user_uuid: null,
  };
  return { ...heading, trigger: "participant_events.join_leave", data };
}

/** An event of a meeting, or a text that nearly is one. */
export function eventBody(event: object, chance: Chance): string {
  return chance.happens(0.05)
    ? broken(JSON.stringify(event), chance)
    : JSON.stringify(mutated(event, chance));
}

function json(value: unknown, chance: Chance): HostileBody {
  const text = JSON.stringify(value) ?? "";
  if (chance.happens(0.02)) return { bytes: Buffer.from("[".repeat(20_000)), type: JSON_TYPE };
  const sent = chance.happens(0.06) ? broken(text, chance) : text;
  return { bytes: Buffer.from(sent), type: JSON_TYPE };
}

const JSON_TYPE = "application/json";
const BORDER = "border-of-this-form";
const FORM = `multipart/form-data; boundary=${BORDER}`;

function form(file: string, chance: Chance): Buffer {
  const part = (name: string, value: string, more = "") =>
    `--${BORDER}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
  const parts = [
    part("file", file, '; filename="a\u0000b.csv"'),
    part("by", chance.one(["Mo", "a\0b", "x".repeat(500)])),
    part("room", chance.one(["ward", "r\0x", ""])),
    part("tz", chance.one(["UTC", "Mars", "\0"])),
  ];
  const end = chance.happens(0.9) ? `--${BORDER}--\r\n` : "";
  return Buffer.from(parts.filter(() => chance.happens(0.8)).join("") + end);
}

function broken(text: string, chance: Chance): string {
  const at = chance.below(text.length + 1);
  const put = chance.one([
    "",
    "\0",
    '"',
    ",",
    "\\u0000",
    "\\ud800",
    "\u202e",
    "\r\n",
    "9".repeat(50),
  ]);
  return text.slice(0, at) + put + text.slice(at + chance.below(3));
}

function noise(chance: Chance): Buffer {
  return Buffer.from(Array.from({ length: chance.below(400) }, () => chance.below(256)));
}
