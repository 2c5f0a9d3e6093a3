import type { Member, MemberSettings } from "#domain/access/member.ts";
import type { Sight } from "#domain/access/sight.ts";
import { LIST_NAMES } from "#domain/lists/lists.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import type * as answers from "./schema.ts";

export type MemberJson = AnswerOf<typeof answers.member>;
export type MeJson = AnswerOf<typeof answers.me>;
export type SettingsJson = AnswerOf<typeof answers.settings>;

/** Nothing of how they sign in. */
export function memberJson(member: Member): MemberJson {
  const { id, name, email, role, sight, isInvited, hasSecondFactor } = member;
  return {
    ...{ id, name, email, role, ...sightJson(sight) },
    ...{ invited: isInvited, second_factor: hasSecondFactor },
    created_at: toWireTime(member.createdAt),
    last_seen_at: toWireTime(member.lastSeenAt),
  };
}

/** Of a member, or of whoever signed in by a session. */
export function meJson({
  id,
  name,
  email,
  role,
  sight,
  settings,
  hasSecondFactor,
  changedAt,
}: Omit<Member, "isInvited" | "createdAt" | "lastSeenAt">): MeJson {
  return {
    ...{ id, name, email, role, ...sightJson(sight) },
    ...{ settings: settingsJson(settings), second_factor: hasSecondFactor },
    changed_at: toWireTime(changedAt),
  };
}

export function settingsJson(settings: MemberSettings): SettingsJson {
  const { timeZone, hourCycle, firstDay, theme, start } = settings;
  const columns: SettingsJson["columns"] = {};
  for (const list of LIST_NAMES) {
    const shown = settings.columns[list];
    if (shown != null) columns[list] = [...shown];
  }
  return {
    ...{ time_zone: timeZone, hour_cycle: hourCycle, first_day: firstDay, theme, start, columns },
    wait_target_ms: settings.waitTargetMs,
    wait_goal: settings.waitGoal,
    wait_level: settings.waitLevel,
    wait_short: settings.waitShort,
  };
}

function sightJson({ sources, rooms, masked }: Sight) {
  return { sources: sources && [...sources], rooms: rooms && [...rooms], masked };
}
