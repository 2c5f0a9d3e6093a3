import { paramsOfThresholds } from "#domain/history/register/lens.ts";
import type { RegisterPage } from "#domain/history/register/page.ts";

/** The files a register comes in, each of the same question as the page. */
export function downloadsOf({ room, period, minDurationMs, thresholds }: RegisterPage) {
  const path = `/api/v1/rooms/${room.id}/register`;
  const asked = {
    from: period.firstDay,
    to: period.lastDay,
    tz: period.timeZone,
    min_duration_ms: minDurationMs === null ? null : String(minDurationMs),
    ...paramsOfThresholds(thresholds),
  };
  const href = (ending: string, more: Record<string, string> = {}) => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...asked, ...more })) {
      if (value !== null) query.set(name, value);
    }
    return `${path}${ending}?${query}`;
  };
  return [
    { name: "CSV", note: "people × meetings", href: href(".csv") },
    {
      name: "CSV for Excel",
      note: "with a byte order mark",
      href: href(".csv", { bom: "1" }),
    },
    {
      name: "CSV, a line for each",
      note: "person in each meeting, with times",
      href: href(".csv", { layout: "list" }),
    },
    { name: "JSON", note: "times in UTC, durations in ms", href: href("") },
  ];
}
