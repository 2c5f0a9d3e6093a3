import { formatsOf } from "#components/lists/download/download-menu.tsx";
import { paramsOfThresholds, storedThresholds } from "#domain/rooms/register/lens.ts";
import type { RegisterPage } from "#domain/rooms/register/page.ts";

/** The files of a register, each with the same filters as the page. */
export function downloadsOf({ room, settings, period, minDurationMs, thresholds }: RegisterPage) {
  const path = `/api/v1/rooms/${room.id}/register`;
  const asked = {
    from: period.firstDay,
    to: period.lastDay,
    tz: period.timeZone,
    min_duration_ms: minDurationMs === null ? null : String(minDurationMs),
    ...paramsOfThresholds(thresholds, storedThresholds(settings)),
  };
  const [list] = formatsOf(path, { ...asked, layout: "list" }).filter(({ name }) => name === "CSV");
  return [
    ...formatsOf(path, asked),
    ...(list === undefined
      ? []
      : [{ ...list, name: "CSV, a line for each", note: "person in each meeting, with times" }]),
  ];
}
