import type { Ms } from "#domain/time/ms.ts";
import type { AlertRule, RuleKind } from "./rule.ts";

const MINUTE_MS: Ms = 60_000;

/** A length of time in words, as `90 s` or `5 min`. */
export function lengthWords(ms: Ms): string {
  if (ms < 2 * MINUTE_MS && ms % MINUTE_MS !== 0) return `${Math.round(ms / 1_000)} s`;
  const minutes = Math.round(ms / MINUTE_MS);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 6) / 10;
  return `${hours} h`;
}

/** What each kind of rule is about, as it is chosen. */
export const KIND_WORDS: Readonly<Record<RuleKind, string>> = {
  waiting: "Somebody waits",
  waiting_without_host: "Somebody waits, and no host is there",
  without_host: "People are in without a host",
  capacity: "A room is full",
  person: "A person waits, joins or leaves",
  not_begun: "An expected meeting has not begun",
  source_silent: "A source is silent",
  source_refused: "A source is refused",
};

type Worded = Pick<AlertRule, "kind" | "afterMs" | "capacity" | "person" | "deed">;

/** When a rule alarms, in a sentence without its end. */
export function ruleWords({ kind, afterMs, capacity, person, deed }: Worded): string {
  const after = afterMs === null || afterMs === 0 ? "" : ` for longer than ${lengthWords(afterMs)}`;
  switch (kind) {
    case "waiting":
      return `Somebody waits${after}`;
    case "waiting_without_host":
      return `Somebody waits and no host is there${after}`;
    case "without_host":
      return `People are in without a host${after}`;
    case "capacity":
      return `${capacity ?? 0} people are in a room${after}`;
    case "person":
      return `${person ?? "Somebody"} ${deed ?? "waits"}${deed === "waits" ? after : ""}`;
    case "not_begun":
      return `Nobody or only one side is there ${lengthWords(afterMs ?? 0)} after an expected start`;
    case "source_silent":
      return afterMs === null
        ? "A source is silent for longer than it usually is"
        : `A source is silent${after}`;
    case "source_refused":
      return `What a source sends is refused${after}`;
    default:
      return kind satisfies never;
  }
}

interface About extends Pick<Worded, "kind" | "capacity" | "deed"> {
  /** Of the person it is about, of its room, and of its source. */
  name: string | null;
  room: string | null;
  source: string;
}

/** What an alert says, in a sentence without its end and without how long it has been so. */
export function alertWords({ kind, capacity, deed, name, room, source }: About): string {
  const who = name ?? "Somebody";
  const where = room ?? source;
  switch (kind) {
    case "waiting":
      return `${who} waits in ${where}`;
    case "waiting_without_host":
      return `Somebody waits in ${where}, and no host is there`;
    case "without_host":
      return `People are in ${where} without a host`;
    case "capacity":
      return `${capacity ?? 0} people are in ${where}`;
    case "person":
      return deed === "left"
        ? `${who} left ${where}`
        : deed === "joined"
          ? `${who} joined ${where}`
          : `${who} waits in ${where}`;
    case "not_begun":
      return `${where} has not begun`;
    case "source_silent":
      return `Nothing is heard of ${source}`;
    case "source_refused":
      return `What ${source} sends is refused`;
    default:
      return kind satisfies never;
  }
}
