import { type ActLink, faultOfActUrl } from "#domain/desk/groups/act-link.ts";
import { isDay } from "#domain/time/period.ts";
import { WEEKDAYS, type Weekday } from "#domain/time/weekday.ts";
import { faultOfLimits } from "#domain/waits/wait-limits.ts";
import { hoursIn, hoursText } from "./hours-text.ts";
import type { RoomGroupShown } from "./shown.ts";

/** A group as it is being entered: texts, as they are typed. */
export interface GroupDraft {
  name: string;
  sourceId: string;
  rooms: string;
  hasHours: boolean;
  timeZone: string;
  days: Record<Weekday, string>;
  closedOn: string;
  hasLimits: boolean;
  /** In minutes. */
  amber: string;
  red: string;
  urgent: string;
  links: readonly ActLink[];
}

const WORKDAY = "08:00–17:00";
const MINUTE_MS = 60_000;

/** What a form begins with: a group that is there, or a room that is to have its own. */
export function draftOf(
  group: RoomGroupShown | null,
  room: { name: string; key: string; sourceId: string } | null,
  timeZone: string,
): GroupDraft {
  const { hours = null, limits = null } = group ?? {};
  const day = (name: Weekday) => {
    if (hours !== null) return hoursText(hours.weekdays[name] ?? []);
    return name === "sat" || name === "sun" ? "" : WORKDAY;
  };
  const minutes = (ms: number | undefined, usual: string) =>
    ms === undefined ? usual : String(ms / MINUTE_MS);
  return {
    name: group?.name ?? room?.name ?? "",
    sourceId: group?.source_id ?? room?.sourceId ?? "",
    rooms: group?.rooms.join("\n") ?? room?.key ?? "",
    hasHours: hours !== null,
    timeZone: hours?.time_zone ?? timeZone,
    days: {
      ...{ mon: day("mon"), tue: day("tue"), wed: day("wed"), thu: day("thu"), fri: day("fri") },
      ...{ sat: day("sat"), sun: day("sun") },
    },
    closedOn: hours?.closed_on.join(", ") ?? "",
    hasLimits: limits !== null,
    amber: minutes(limits?.amber_ms, "2"),
    red: minutes(limits?.red_ms, "5"),
    urgent: minutes(limits?.urgent_ms, "10"),
    links: group?.links ?? [],
  };
}

/** What is wrong with a draft, by its field; nothing where it can be sent. */
export function faultsOf(draft: GroupDraft): ReadonlyMap<string, string> {
  const faults = new Map<string, string>();
  if (draft.hasHours) {
    for (const day of WEEKDAYS) {
      if (hoursIn(draft.days[day]) === null) faults.set(day, "as 08:00–12:30, 14:00–18:00");
    }
    if (!daysIn(draft.closedOn).every(isDay)) faults.set("closedOn", "days such as 2026-12-25");
  }
  if (draft.hasLimits) {
    const fault = faultOfLimits(limitsOf(draft));
    if (fault !== null) faults.set("limits", fault);
  }
  for (const [index, { url }] of draft.links.entries()) {
    const fault = url === "" ? null : faultOfActUrl(url);
    if (fault !== null) faults.set(`link ${index}`, fault);
  }
  return faults;
}

/** A draft without faults, as the API takes it. */
export function bodyOf(draft: GroupDraft): object {
  const { name, sourceId, timeZone, hasHours, hasLimits } = draft;
  const limits = limitsOf(draft);
  return {
    name,
    source_id: sourceId === "" ? null : sourceId,
    rooms: patternsOf(draft),
    hours: hasHours
      ? {
          time_zone: timeZone,
          weekdays: Object.fromEntries(
            WEEKDAYS.flatMap((day) => {
              const spans = hoursIn(draft.days[day]) ?? [];
              return spans.length === 0 ? [] : [[day, spans]];
            }),
          ),
          closed_on: daysIn(draft.closedOn),
        }
      : null,
    limits: hasLimits
      ? { amber_ms: limits.amberMs, red_ms: limits.redMs, urgent_ms: limits.urgentMs }
      : null,
    links: draft.links,
  };
}

export function patternsOf({ rooms }: Pick<GroupDraft, "rooms">): string[] {
  return rooms.split("\n").flatMap((line) => line.trim() || []);
}

function daysIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter((day) => day !== "");
}

function limitsOf({ amber, red, urgent }: GroupDraft) {
  const ms = (text: string) => Math.round(Number(text.replace(",", ".")) * MINUTE_MS);
  return { amberMs: ms(amber), redMs: ms(red), urgentMs: ms(urgent) };
}
