import type { ClockFormat } from "#components/words/clock-format.ts";
import { formatDuration } from "#components/words/duration.ts";
import type { CanonicalJson } from "#domain/people/statements/canonical.ts";

const NAMES: Record<string, string> = {
  attended_ms: "Attended",
  demo: "Demonstration",
  ended_at: "Meeting ended",
  ended_by: "Who said that the meeting ended",
  first_joined_at: "First in",
  grace_ms: "Gaps that count as attended",
  hosted_ms: "Was host for",
  id: "Who it is",
  last_left_at: "Last out",
  length_ms: "Length of the meeting",
  meeting: "Meeting",
  meeting_id: "Meeting",
  meetings: "Meetings",
  name: "Name",
  participant_ids: "Connections",
  period: "Days",
  provider: "Provider",
  room: "Room",
  source: "Account",
  started_at: "Meeting began",
  title: "Title",
  user_id: "User id or e-mail",
  visits: "Visits",
  waits: "Waits",
};

/** The name of a fact on the page. */
export function factName(fact: string): string {
  return NAMES[fact] ?? fact;
}

/** The value of a fact, before or after a change, in a few words. */
export function factWords(
  fact: string,
  value: CanonicalJson | undefined,
  face: ClockFormat,
): string {
  if (value === undefined || value === null) return fact === "meeting" ? "not there" : "none";
  if (fact === "meeting") return "there";
  if (fact === "demo") return "yes";
  if (typeof value === "number" && fact.endsWith("_ms")) return formatDuration(value);
  if (typeof value === "string" && fact.endsWith("_at")) return momentWords(value, face);
  if (Array.isArray(value)) return value.map((one) => partWords(one, face)).join("; ") || "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A visit or a wait as `10:05:00 – 10:35:00`; any other value of a list unchanged. */
function partWords(value: CanonicalJson, face: ClockFormat): string {
  if (typeof value === "string") return value;
  const entries = new Map(Object.entries(value ?? {}));
  const from = entries.get("joined_at") ?? entries.get("started_at");
  const to = entries.get("left_at") ?? entries.get("ended_at");
  if (typeof from !== "string") return JSON.stringify(value);
  return `${momentWords(from, face)} – ${typeof to === "string" ? momentWords(to, face) : "?"}`;
}

/** `Fri 20 Nov 2026 10:05:00`; a text that is no time, unchanged. */
export function momentWords(time: string, face: ClockFormat): string {
  const at = Date.parse(time);
  return Number.isNaN(at) ? time : `${face.calendarDay(at)} ${face.second(at)}`;
}
