import type { Thresholds } from "#domain/rooms/register/thresholds.ts";
import type { OffsetAt } from "#domain/time/period.ts";
import { LATE_FROM } from "#server/http/files/file-words.ts";
import { introOf } from "#server/http/files/intro.ts";
import { clockTime, type FileIntro } from "#server/http/files/readable.ts";
import type { AskedRegister } from "./register.ts";

/** The intro of a register's file: its thresholds, and for each meeting the moment from which late counts. */
export function registerIntro(
  { room, register, meetings, period, thresholds, asOf }: AskedRegister,
  offsetAt: OffsetAt,
): FileIntro {
  const shown = register.meetings.length;
  return introOf(
    `Register of ${room.title ?? room.key}`,
    {
      range: period,
      narrowed: [
        ["Room", room.key],
        ["Source", room.source.name],
        ["Meetings", shown < meetings ? `the latest ${shown} of ${meetings}` : String(shown)],
        ...thresholdLines(thresholds),
        [
          "Hosts",
          "stand below the others, are never late or absent, and are in no number of theirs",
        ],
        ...register.meetings.map(
          ({ firstAt, startedAt, start }) =>
            [
              `Late counts, meeting of ${clockTime(startedAt ?? firstAt, offsetAt).slice(0, 16)}`,
              start &&
                `from ${clockTime(start.at, offsetAt).slice(11, 16)}, ${LATE_FROM[start.by]}`,
            ] as const,
        ),
      ],
      asOf,
    },
    offsetAt,
  );
}

function thresholdLines(thresholds: Thresholds): [string, string][] {
  const { heldMs, lateMs, earlyMs, share, attendedMs, regularShare, regularLast } = thresholds;
  const minutes = (ms: number) => `${Math.round(ms / 600) / 100} min`;
  const percent = (part: number) => `${Math.round(part * 10_000) / 100}%`;
  const long = attendedMs === null ? "" : ` or ${minutes(attendedMs)}`;
  return [
    ["A meeting counts", heldMs === 0 ? "of any length" : `from ${minutes(heldMs)}`],
    ["Late", `more than ${minutes(lateMs)} after the start`],
    ["Left early", `more than ${minutes(earlyMs)} before the end`],
    ["Attended", share === 0 ? "came in" : `was there for ${percent(share)} of the meeting${long}`],
    ["Regular", `attended ${percent(regularShare)} of the last ${regularLast} meetings`],
    ["Not seen lately", `was regular, and missed the last ${thresholds.missed}`],
  ];
}
