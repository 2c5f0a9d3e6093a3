import type { PersonDeed, RuleKind } from "#domain/desk/alerts/rule.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { RuleShown } from "./shown.ts";
import type { RuleSet } from "./use-rules.ts";

const MINUTE_MS: Ms = 60_000;

/** A rule as it stands in a form: lengths in minutes, as they are typed. */
export interface RuleDraft {
  kind: RuleKind;
  name: string;
  after: string;
  capacity: string;
  person: string;
  does: PersonDeed;
  source: string;
  rooms: string;
  group: string;
  repeat: string;
  urgent: string;
  quietFrom: string;
  quietTo: string;
}

const minutes = (ms: Ms | null) => (ms === null ? "" : String(ms / MINUTE_MS));

/** A form for a rule that is there, or for a new one. */
export function draftOf(rule: RuleShown | null): RuleDraft {
  return {
    kind: rule?.kind ?? "waiting",
    name: rule?.name ?? "",
    after: rule === null ? "5" : minutes(rule.after_ms),
    capacity: rule?.capacity == null ? "" : String(rule.capacity),
    person: rule?.person ?? "",
    does: rule?.does ?? "waits",
    source: rule?.sources?.[0] ?? "",
    group: rule?.groups?.[0] ?? "",
    rooms: rule?.rooms?.join("\n") ?? "",
    repeat: rule === null ? "2" : minutes(rule.repeat_ms),
    urgent: rule === null ? "" : minutes(rule.urgent_after_ms),
    quietFrom: rule?.quiet?.from ?? "",
    quietTo: rule?.quiet?.to ?? "",
  };
}

/** What a kind of rule is asked besides. */
export function asksOf({ kind, does }: Pick<RuleDraft, "kind" | "does">) {
  const isOfSource = kind === "source_silent" || kind === "source_refused";
  return {
    after: kind !== "person" || does === "waits",
    capacity: kind === "capacity",
    person: kind === "person",
    rooms: !isOfSource,
  };
}

/** What is sent of a form. Several sources can only be said by a program; they stay as they are. */
export function ruleSetOf(draft: RuleDraft, before: RuleShown | null): RuleSet {
  const asks = asksOf(draft);
  const { kind, name, after, capacity, person, does, source, rooms, quietFrom, quietTo } = draft;
  const patterns = rooms.split("\n").flatMap((line) => line.trim() || []);
  const length = (text: string) =>
    text.trim() === "" ? null : Math.round(Number(text) * MINUTE_MS);
  const afterMs = asks.after ? length(after) : 0;
  return {
    kind,
    ...(name.trim() !== "" && { name: name.trim() }),
    after_ms: afterMs === null && kind !== "source_silent" ? 0 : afterMs,
    capacity: asks.capacity ? Number(capacity) : null,
    person: asks.person ? person.trim() : null,
    does: asks.person ? does : null,
    ...((before?.sources?.length ?? 0) < 2 && { sources: source === "" ? null : [source] }),
    ...((before?.groups?.length ?? 0) < 2 && {
      groups: asks.rooms && draft.group !== "" ? [draft.group] : null,
    }),
    rooms: asks.rooms && patterns.length > 0 ? patterns : null,
    repeat_ms: length(draft.repeat),
    urgent_after_ms: length(draft.urgent),
    quiet: quietFrom === "" || quietTo === "" ? null : { from: quietFrom, to: quietTo },
  };
}
