import { boundedMoment, spokenLength } from "#components/words/certainty-words.ts";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { wholePercent } from "#components/words/count.ts";
import { formatDuration } from "#components/words/duration.ts";
import type { CellState, RegisterCell } from "#domain/rooms/register/cell.ts";
import type { RegisterColumn } from "#domain/rooms/register/register.ts";

export const STATE_WORDS: Record<CellState, string> = {
  present: "present",
  late: "late",
  left_early: "left early",
  late_and_left_early: "late and left early",
  brief: "too short to count",
  waiting: "waiting",
  not_admitted: "waited, not admitted",
};

/** The text of a cell, as short as possible: minutes, where the person was in. */
export function cellText({ state, attendedMs }: RegisterCell): string {
  switch (state) {
    case "waiting":
      return "…";
    case "not_admitted":
      return "×";
    case "present":
    case "late":
    case "left_early":
    case "late_and_left_early":
    case "brief":
      return attendedMs < 60_000 ? "<1" : String(Math.floor(attendedMs / 60_000));
    default:
      return state satisfies never;
  }
}

/** All of a cell in one line: `Wed 2 Sep 2026, 10:00: late, 34:10 of 52:40 (65%), 10:08 – 10:42`. */
export function cellTitle(
  cell: RegisterCell | null,
  meeting: Pick<RegisterColumn, "lengthMs" | "status" | "leftOut">,
  when: string,
  face: Pick<ClockFormat, "minute">,
  isHost: boolean,
): string {
  if (cell === null) return `${when}: ${absenceWords(meeting, isHost)}`;
  const { state, attendedMs, share, firstJoinedAt, lastLeftAt, hosted, sureness } = cell;
  const parts = [STATE_WORDS[state]];
  if (firstJoinedAt !== null) {
    const whole = meeting.lengthMs === null ? "" : ` of ${formatDuration(meeting.lengthMs)}`;
    const percent = share === null ? "" : ` (${wholePercent(share, 1)})`;
    const attended = spokenLength(formatDuration(attendedMs), sureness.attended);
    parts.push(`${attended}${whole}${percent}`);
    const end =
      lastLeftAt === null ? "still in" : boundedMoment(face.minute(lastLeftAt), sureness.left);
    parts.push(`${boundedMoment(face.minute(firstJoinedAt), sureness.joined)} – ${end}`);
  }
  if (hosted) parts.push("host");
  if (sureness.inferred) parts.push("a time is inferred, nobody reported it");
  return `${when}: ${parts.join(", ")}`;
}

/** The same as a sign: `–` for absent, `?` for unknown, `·` for a meeting too short to count. */
export function absenceMark({ leftOut }: Pick<RegisterColumn, "leftOut">): string {
  return leftOut === "erased" ? "?" : leftOut === "short" ? "·" : "–";
}

/** Of an erased meeting no person can be called absent, of one in progress only for now, and no host at all. */
export function absenceWords(
  { leftOut, status }: Pick<RegisterColumn, "status" | "leftOut">,
  isHost: boolean,
): string {
  if (leftOut === "erased") return "not known, people erased";
  if (leftOut === "short") return "not there, and the meeting is too short to count";
  if (status !== "ended") return "not there so far";
  return isHost ? "not there" : "absent";
}
