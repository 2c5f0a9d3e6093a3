"use client";

import { memo } from "react";
import { LaneTime } from "#components/meeting/lane-time.tsx";
import { statusWord } from "#components/meeting/parts/person-words.ts";
import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { Card } from "#components/ui/card.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { SCROLLED_TABLE, ScrollTable } from "#components/ui/scroll-table.tsx";
import { boundedMoment } from "#components/words/certainty-words.ts";
import { surenessOf } from "#domain/meeting/certainty.ts";
import type { MeetingView } from "#domain/meeting/meeting.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";

const HEADS = ["First in", "Last out", "Attended"];
const HEAD = "border-line border-b px-3 py-2 font-medium text-ink-2 text-caption";
const CELL = "border-line/60 border-t px-3 py-1.5";

/** When each person came and went, and how long they attended. */
export const SharedAttendance = memo(function SharedAttendance({
  view: { people },
}: {
  view: Pick<MeetingView, "people">;
}) {
  const attended = people.filter(({ firstJoinedAt }) => firstJoinedAt !== null);
  if (attended.length === 0) return null;
  return (
    <Card title="Attendance" note={attended.length}>
      <ScrollTable label="When each person came and went" height="whole" isPrinted>
        <table className={SCROLLED_TABLE}>
          <thead>
            <tr>
              <th scope="col" className={`${HEAD} pl-4 text-left sm:pl-4.5`}>
                Person
              </th>
              {HEADS.map((head) => (
                <th key={head} scope="col" className={`${HEAD} text-right last:pr-4.5`}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {attended.map((person) => (
              <Row key={person.id} person={person} />
            ))}
          </tbody>
        </table>
      </ScrollTable>
    </Card>
  );
});

function Row({ person }: { person: PersonView }) {
  const clockFormat = useClockFormat();
  const { name, isHost, firstJoinedAt, lastLeftAt, status, visits } = person;
  const sure = surenessOf(visits);
  return (
    <tr className="break-inside-avoid">
      <th scope="row" className={`${CELL} max-w-60 pl-4 text-left font-medium sm:pl-4.5`}>
        <span className="flex items-baseline gap-1.5">
          <PersonName name={name} className="min-w-0" />
          {isHost && <span className="font-normal text-host-ink text-note">host</span>}
        </span>
      </th>
      <td className={`${CELL} whitespace-nowrap text-right`}>
        {firstJoinedAt === null
          ? "–"
          : boundedMoment(clockFormat.second(firstJoinedAt), sure.joined)}
      </td>
      <td className={`${CELL} whitespace-nowrap text-right text-ink-2`}>
        {lastLeftAt === null
          ? statusWord(status)
          : boundedMoment(clockFormat.second(lastLeftAt), sure.left)}
      </td>
      <td className={`${CELL} whitespace-nowrap pr-4.5! text-right`}>
        <LaneTime person={person} at={null} window={null} />
      </td>
    </tr>
  );
}
