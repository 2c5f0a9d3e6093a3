import type { StoredRule } from "#db/desk/alerts/rules.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import type * as answers from "./schema.ts";

export type RuleJson = AnswerOf<typeof answers.alertRule>;

export function ruleJson(rule: StoredRule): RuleJson {
  const { id, name, kind, isOn, afterMs, capacity, person, deed, repeatMs, urgentMs } = rule;
  const { sources, rooms, groups, quiet } = rule;
  return {
    ...{ id, name, kind, on: isOn, after_ms: afterMs, capacity, person, does: deed },
    ...{ sources: sources && [...sources], rooms: rooms && [...rooms] },
    groups: groups && [...groups],
    ...{ repeat_ms: repeatMs, urgent_after_ms: urgentMs },
    quiet: quiet && { from: timeOf(quiet.from), to: timeOf(quiet.to) },
    ...{ changed_at: toWireTime(rule.since), changed_by: rule.by },
  };
}

function timeOf(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
