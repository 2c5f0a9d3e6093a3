import type { Chance } from "./chance.ts";
import { anything, mutated } from "./values.ts";

export interface Body {
  bytes: Buffer;
  type: string;
}

/** Who and what the server knows, for requests that nearly mean it. */
export interface Known {
  key: string;
  cookie: string;
  /** Ids of anything: meetings, rooms, people, statements, deliveries. */
  ids: readonly string[];
  /** Where webhooks go, and what signs a body for there. */
  webhooks: readonly { path: string; sign: (body: string) => Record<string, string> }[];
}

/** What is said to the API, as it should be. */
function said(chance: Chance, ids: readonly string[]): unknown {
  const id = () => chance.one(ids);
  return chance.one<unknown>([
    { verdict: "same", participant_ids: [id(), id()], by: "Mo" },
    { verdict: "different", participant_ids: [id()], apart_from: [id()], by: "Mo" },
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
  ]);
}

const FILE = [
  "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest",
  "Ada,ada@example.org,11/20/2026 10:00:00 AM,11/20/2026 10:30:00 AM,30,No",
  "Bo,,11/20/2026 10:05:00 AM,11/20/2026 10:45:00 AM,40,Yes",
].join("\r\n");

export function bodyFor(path: string, chance: Chance, ids: readonly string[]): Body {
  const isFile = path.includes("/imports");
  const kind = chance.below(isFile ? 12 : 9);
  if (kind < 6) return json(mutated(said(chance, ids), chance), chance);
  if (kind === 6) return json(anything(chance), chance);
  if (kind === 7) return { bytes: noise(chance), type: "text/plain" };
  if (kind === 8) return { bytes: Buffer.from(broken(FILE, chance)), type: "text/csv" };
  if (kind === 9) return { bytes: form(broken(FILE, chance), chance), type: FORM };
  return {
    bytes: Buffer.from(chance.happens(0.5) ? FILE : broken(FILE, chance)),
    type: "text/csv",
  };
}

/** An event of a meeting, or something that nearly is one. */
export function eventBody(chance: Chance): string {
  const at = 1_795_800_000 + chance.below(50_000);
  const event = {
    version: "1.0.0",
    type: chance.one(["participant.joined", "participant.left", "waiting-participant.joined"]),
    id: `1-${chance.below(1_000_000)}`,
    payload: {
      room: `ward-${chance.below(5)}`,
      user_name: `Guest ${chance.below(9)}`,
      session_id: `s${chance.below(40)}`,
      joined_at: at,
      duration: chance.below(600),
      owner: false,
    },
    event_ts: at,
  };
  return chance.happens(0.05)
    ? broken(JSON.stringify(event), chance)
    : JSON.stringify(mutated(event, chance));
}

function json(value: unknown, chance: Chance): Body {
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
