"use client";

import { Card } from "#components/ui/card.tsx";
import { InfoTip } from "#components/ui/info-tip.tsx";
import { Link } from "#components/ui/link.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { May } from "#components/viewer/may.tsx";
import { grouped } from "#components/words/count.ts";
import type { ExpectedLine, UnmatchedPerson } from "#domain/scheduled/attendance.ts";
import { MatchPerson } from "./match-person.tsx";
import { type RosterMoment, StandingPill } from "./roster-table.tsx";

/** The people who are or were here without being on the roster. */
export function UnmatchedCard({
  id,
  people,
  lines,
  moment: { face, isOver },
}: {
  /** The id of the scheduled meeting; `null` where its names were erased. */
  id: string | null;
  lines: readonly ExpectedLine[];
  people: readonly UnmatchedPerson[];
  moment: RosterMoment;
}) {
  return (
    <Card
      title="Not expected"
      note={people.length === 0 ? undefined : grouped(people.length)}
      aside={
        <InfoTip about="Not expected">
          Unmatched: seen in the room or waiting within the scheduled time, and on no line of the
          roster. A line is found by user id, then by e-mail address, then by name.
        </InfoTip>
      }
    >
      {people.length === 0 ? (
        <p className="px-4.5 py-3.5 text-dense text-ink-3">Nobody.</p>
      ) : (
        <ul className="num max-h-96 overflow-y-auto px-4.5 py-2 text-dense">
          {people.map(({ standing, sighting }) => (
            <li
              key={`${sighting.meetingId} ${sighting.personId}`}
              className="flex flex-wrap items-center gap-2 py-1"
            >
              <Link
                href={`/meetings/${sighting.meetingId}?person=${encodeURIComponent(sighting.personId)}`}
                className="flex min-w-0 hover:underline"
              >
                <PersonName name={sighting.seenAs} className="min-w-0" />
              </Link>
              <span className="ml-auto flex-none text-ink-3 text-caption">
                {face.minute(sighting.firstSeenAt)}
              </span>
              <StandingPill standing={standing} isOver={isOver} />
              {id !== null && (
                <May access="write">
                  <MatchPerson id={id} sighting={sighting} lines={lines} />
                </May>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
