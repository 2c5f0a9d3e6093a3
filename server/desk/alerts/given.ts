import { z } from "zod";
import type { RuleInput, StoredRule } from "#db/desk/alerts/rules.ts";
import { MOST_PATTERNS, PATTERN_LENGTH } from "#domain/access/sight.ts";
import {
  PERSON_DEEDS,
  type QuietHours,
  RULE_KINDS,
  type RuleKind,
} from "#domain/desk/alerts/rule.ts";
import { ruleWords } from "#domain/desk/alerts/words.ts";
import type { Ms } from "#domain/time/ms.ts";
import { operatorName } from "#server/http/operator.ts";

const LONGEST_MS: Ms = 30 * 86_400_000;
/** Nobody is called more often than that. */
const LEAST_REPEAT_MS: Ms = 5_000;
/** How long something has to be so where nobody says. */
const USUAL_AFTER: Readonly<Record<RuleKind, Ms | null>> = {
  waiting: 5 * 60_000,
  waiting_without_host: 2 * 60_000,
  without_host: 5 * 60_000,
  capacity: 0,
  person: 0,
  not_begun: 5 * 60_000,
  source_silent: null,
  source_refused: 0,
};

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time as 22:00");
const length = z.int().min(0).max(LONGEST_MS);
const calls = z.int().min(LEAST_REPEAT_MS).max(LONGEST_MS).nullable();

const fields = {
  name: z.string().trim().min(1).max(200),
  on: z.boolean(),
  after_ms: length.nullable(),
  capacity: z.int().min(1).max(100_000).nullable(),
  person: z.string().trim().min(1).max(300).nullable(),
  does: z.enum(PERSON_DEEDS).nullable(),
  sources: z.array(z.uuid().toLowerCase()).min(1).max(100).nullable(),
  rooms: z.array(z.string().min(1).max(PATTERN_LENGTH)).min(1).max(MOST_PATTERNS).nullable(),
  groups: z.array(z.uuid().toLowerCase()).min(1).max(100).nullable(),
  repeat_ms: calls,
  urgent_after_ms: calls,
  quiet: z.strictObject({ from: time, to: time }).nullable(),
};

export const newRuleShape = z
  .strictObject({ kind: z.enum(RULE_KINDS), by: operatorName, ...fields })
  .partial()
  .required({ kind: true });
export const ruleShape = z
  .strictObject({ kind: z.enum(RULE_KINDS), by: operatorName, ...fields })
  .partial();

type Given = z.output<typeof ruleShape>;

/** What cannot be stored, and why. */
export class UnusableRule extends Error {
  override name = "UnusableRule";
}

/** A rule as it is given, what is left out as it was or usually is. Throws `UnusableRule`. */
export function ruleOf(given: Given, before: StoredRule | null, by: string): RuleInput {
  const kind = given.kind ?? before?.kind;
  if (kind === undefined) throw new UnusableRule("kind: there is none");
  const same = before?.kind === kind ? before : null;
  const {
    after_ms: afterMs = same?.afterMs ?? USUAL_AFTER[kind],
    capacity = same?.capacity ?? null,
    person = same?.person ?? null,
    does: deed = same?.deed ?? (kind === "person" ? "waits" : null),
    repeat_ms: repeatMs = before?.repeatMs ?? null,
    urgent_after_ms: urgentMs = before?.urgentMs ?? null,
    sources = before?.sources ?? null,
    rooms = before?.rooms ?? null,
    groups = before?.groups ?? null,
    on = before?.isOn ?? true,
  } = given;
  const rule = {
    ...{ kind, afterMs, capacity, person, deed, repeatMs, urgentMs, sources, rooms, groups },
    quiet: given.quiet === undefined ? (before?.quiet ?? null) : quietOf(given.quiet),
    ...{ isOn: on, by },
  };
  const why = whyUnusable(rule);
  if (why !== null) throw new UnusableRule(why);
  return { ...rule, name: given.name ?? before?.name ?? ruleWords(rule) };
}

function whyUnusable(rule: Omit<RuleInput, "name">): string | null {
  const { kind, afterMs, capacity, person, deed, rooms, groups } = rule;
  const isOfPerson = kind === "person";
  if ((kind === "capacity") !== (capacity !== null)) {
    return "capacity: the number of people for a rule of that kind, and for no other";
  }
  if (isOfPerson !== (person !== null && deed !== null)) {
    return "person, does: whom it is about and what they do, for a rule of that kind";
  }
  if (!isOfPerson && (person !== null || deed !== null)) {
    return "person, does: for a rule of that kind alone";
  }
  if (afterMs === null && kind !== "source_silent") return "after_ms: null is for silent sources";
  if (isOfPerson && deed !== "waits" && afterMs !== 0) return "after_ms: for waiting alone, else 0";
  if ((rooms ?? groups) !== null && (kind === "source_silent" || kind === "source_refused")) {
    return "rooms, groups: a source is silent or refused as a whole";
  }
  return null;
}

function quietOf(quiet: { from: string; to: string } | null): QuietHours | null {
  if (quiet === null) return null;
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)];
  if (from === to) throw new UnusableRule("quiet: from and to are the same");
  return { from, to };
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}
