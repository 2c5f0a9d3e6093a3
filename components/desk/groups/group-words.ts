import { formatSetting } from "#components/words/duration.ts";
import { WEEKDAYS, type Weekday } from "#domain/time/weekday.ts";
import { DAY_NAMES } from "./day-names.ts";
import { hoursText } from "./hours-text.ts";
import type { RoomGroupShown } from "./shown.ts";

/** Opening hours as lines: days that are alike in one, as `Monday–Friday 08:00–17:00`. */
export function hoursWords(hours: RoomGroupShown["hours"]): string[] {
  if (hours === null) return ["as a wider group says, else always"];
  const runs: { from: Weekday; to: Weekday; text: string }[] = [];
  for (const day of WEEKDAYS) {
    const text = hoursText(hours.weekdays[day] ?? []);
    const last = runs.at(-1);
    if (last?.text === text) last.to = day;
    else runs.push({ from: day, to: day, text });
  }
  const lines = runs.map(({ from, to, text }) => {
    const days = from === to ? DAY_NAMES[from] : `${DAY_NAMES[from]}–${DAY_NAMES[to]}`;
    return `${days} ${text === "" ? "closed" : text}`;
  });
  const closed = hours.closed_on.length === 0 ? [] : [`closed on ${hours.closed_on.join(", ")}`];
  return [...lines, ...closed, hours.time_zone];
}

export function limitWords(limits: RoomGroupShown["limits"]): string {
  if (limits === null) return "late as a wider group says, else by the target of whoever looks";
  const { amber_ms: amber, red_ms: red, urgent_ms: urgent } = limits;
  return `amber from ${formatSetting(amber)}, red from ${formatSetting(red)}, urgent from ${formatSetting(urgent)}`;
}
