import { Stat, Stats } from "#components/ui/stats.tsx";
import { counted, decimal, grouped, percent } from "#components/words/count.ts";
import { formatDuration } from "#components/words/duration.ts";
import type { RegisterFigures } from "#domain/rooms/register/figures.ts";
import type { Thresholds } from "#domain/rooms/register/thresholds.ts";
import { percentWords } from "./matrix/threshold-words.ts";

/** The totals of a room's register. */
export function RoomStats({
  figures,
  thresholds,
}: {
  figures: RegisterFigures;
  thresholds: Thresholds;
}) {
  const { held, averageStayMs, averageLengthMs, averageAttendance, attendances } = figures;
  const { regularShare, regularLast, missed } = thresholds;
  return (
    <Stats label="This room in this period" columns={5}>
      <Stat
        label="Average attendance"
        formula="Σ people who attended each meeting ÷ meetings. Hosts are no part of it. Only meetings that are over, that somebody came to and whose people are known."
        note={`${counted(figures.unique, "person", "people")} in ${counted(held, "meeting", "meetings")}${figures.hosts === 0 ? "" : `, and ${counted(figures.hosts, "host", "hosts")}`}`}
      >
        {averageAttendance === null ? "–" : decimal(averageAttendance, 1)}
      </Stat>
      <Stat
        label="Average stay"
        formula="Σ attended time of those who attended ÷ their number, one for each meeting. Attended time is the union of somebody's visits; waiting is no part of it."
        note={averageLengthMs !== null && `of ${formatDuration(averageLengthMs)} on average`}
      >
        {averageStayMs === null ? "–" : formatDuration(averageStayMs)}
      </Stat>
      <Stat
        label="Late"
        tone="waiting"
        formula="Attendances that began later than the meeting did, by more than the time set ÷ all attendances. A meeting begins as scheduled; else at the time set for this room; else when its provider reported it, its first host came in, or, where nothing else is known, its first person. Hosts are never late."
        note={`${grouped(figures.late)} of ${grouped(attendances)}, ${grouped(figures.leftEarly)} left early`}
      >
        {percent(attendances === 0 ? null : figures.late / attendances) ?? "–"}
      </Stat>
      <Stat
        label="Never missed"
        formula="People who attended every meeting that is over."
        note={`${grouped(held)} of ${counted(held, "meeting", "meetings")}`}
      >
        {grouped(figures.neverMissed)}
      </Stat>
      <Stat
        label="Not seen lately"
        tone="lost"
        formula={`People who missed each of the last ${missed} meetings, and had attended at least ${percentWords(regularShare)} of the ${regularLast} before those.`}
        note={
          figures.notLately === null
            ? "too few meetings to tell"
            : missed === 1
              ? "missed the last meeting"
              : `missed the last ${missed} meetings`
        }
      >
        {figures.notLately ?? "–"}
      </Stat>
    </Stats>
  );
}
