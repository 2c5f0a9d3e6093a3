"use client";

import { Link } from "#components/ui/link.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { Pill } from "#components/ui/pill.tsx";
import { Running } from "#components/ui/running.tsx";
import { SCROLLED_HEAD, SCROLLED_TABLE, ScrollTable } from "#components/ui/scroll-table.tsx";
import { May } from "#components/viewer/may.tsx";
import { boundedLength, boundedMoment } from "#components/words/certainty-words.ts";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { formatBetween, formatDuration } from "#components/words/duration.ts";
import type { ExpectedLine, Sighting } from "#domain/scheduled/attendance.ts";
import type { MatchedBy } from "#domain/scheduled/roster-match.ts";
import type { RosterStanding } from "#domain/scheduled/standing.ts";
import type { Ms } from "#domain/time/ms.ts";
import { UndoMatch } from "./match-person.tsx";
import { standingWords } from "./words.ts";

/** The moment the lines are of, and whether the meeting is over or in progress then. */
export interface RosterMoment {
  at: Ms;
  isOver: boolean;
  runs: boolean;
  face: ClockFormat;
}

const MATCHED: Record<MatchedBy, string | null> = {
  user_id: null,
  email: "known by their address",
  name: "known by their name",
  joined: "joined with them by an operator",
  said: "an operator said this is them",
};

const HEAD = `${SCROLLED_HEAD} z-10 px-3 text-left whitespace-nowrap first:px-4 sm:first:px-4.5`;
const CELL =
  "border-line border-b px-3 py-1.75 align-top group-last:border-b-0 group-hover:bg-sunken first:px-4 sm:first:px-4.5";

/** A roster in its order, or a part of it, with the standing of each person. */
export function RosterTable({
  id,
  lines,
  moment,
}: {
  id: string;
  lines: readonly ExpectedLine[];
  moment: RosterMoment;
}) {
  return (
    <ScrollTable label="Expected people, scrollable" height="roster">
      <table className={SCROLLED_TABLE}>
        <caption className="sr-only">Expected people, in the order of the roster</caption>
        <thead>
          <tr>
            {["Person", "Status", "Came in", "Went", "Attended"].map((name) => (
              <th
                key={name}
                scope="col"
                className={`${HEAD} ${name === "Attended" ? "text-right!" : ""} ${name === "Person" ? "left-0 z-20!" : ""}`}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Line key={line.person.position} id={id} line={line} moment={moment} />
          ))}
        </tbody>
      </table>
    </ScrollTable>
  );
}

function Line({ id, line, moment }: { id: string; line: ExpectedLine; moment: RosterMoment }) {
  const { person, standing, sighting, lateByMs, matchedBy, namesakes } = line;
  const notes = [
    ...(sighting !== null && sighting.seenAs !== null && sighting.seenAs !== person.name
      ? [`as ${sighting.seenAs}`]
      : []),
    ...(matchedBy !== null && MATCHED[matchedBy] !== null ? [MATCHED[matchedBy]] : []),
    ...(namesakes ? ["others have the same name; may be someone else"] : []),
    ...(sighting === null && person.email !== null && person.name !== null ? [person.email] : []),
  ];
  return (
    <tr className="group">
      <th
        scope="row"
        className={`${CELL} sticky left-0 z-[5] min-w-36 max-w-44 bg-surface text-left font-normal sm:min-w-48 sm:max-w-80`}
      >
        <span className="flex min-w-0 items-center gap-1.5">
          <PersonName
            name={person.name ?? person.email ?? person.userId}
            className="min-w-0 font-firm"
          />
          {person.role === "host" && <Pill tone="host">Host</Pill>}
        </span>
        {notes.length > 0 && (
          <span className="block text-ink-3 text-caption">{notes.join(" · ")}</span>
        )}
        {matchedBy === "said" && (
          <May access="write">
            <UndoMatch id={id} line={line} />
          </May>
        )}
      </th>
      <td className={CELL}>
        <StandingPill standing={standing} isOver={moment.isOver} />
        {standing === "waiting" && sighting?.waitingSince != null && (
          <span className="block text-ink-3 text-caption">
            for <Running since={sighting.waitingSince} />
          </span>
        )}
        {lateByMs !== null && (
          <span className="block whitespace-nowrap text-lost-ink text-caption">
            {formatBetween(lateByMs)} late
          </span>
        )}
      </td>
      <SightingCells sighting={sighting} standing={standing} moment={moment} />
    </tr>
  );
}

export function StandingPill({ standing, isOver }: { standing: RosterStanding; isOver: boolean }) {
  const { word, tone } = standingWords(standing, isOver);
  return <Pill tone={tone}>{word}</Pill>;
}

/** When the person came and went, and how long they were in within the scheduled time. */
function SightingCells({
  sighting,
  standing,
  moment,
}: {
  sighting: Sighting | null;
  standing: RosterStanding;
  moment: RosterMoment;
}) {
  const { face, at, runs } = moment;
  const came = sighting?.firstJoinedAt ?? null;
  const went = sighting?.lastLeftAt ?? null;
  return (
    <>
      <td className={`${CELL} whitespace-nowrap`}>
        {came === null || sighting === null ? (
          <Nothing />
        ) : (
          <Link
            href={`/meetings/${sighting.meetingId}?person=${encodeURIComponent(sighting.personId)}`}
            className="hover:underline"
          >
            {boundedMoment(face.second(came), sighting.sureness.joined)}
          </Link>
        )}
      </td>
      <td className={`${CELL} whitespace-nowrap`}>
        {went === null ? (
          <Nothing />
        ) : (
          boundedMoment(face.second(went), sighting?.sureness.left ?? null)
        )}
      </td>
      <td className={`${CELL} whitespace-nowrap text-right`}>
        {came === null || sighting === null ? (
          <Nothing />
        ) : standing === "present" && runs ? (
          <Running since={at} before={sighting.attendedMs} />
        ) : (
          boundedLength(formatDuration(sighting.attendedMs), sighting.sureness.attended)
        )}
      </td>
    </>
  );
}

function Nothing() {
  return (
    <span className="text-ink-3">
      <span aria-hidden>–</span>
      <span className="sr-only">none</span>
    </span>
  );
}
