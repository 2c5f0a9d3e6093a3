"use client";

import { useMemo, useState } from "react";
import { DownloadMenu, formatsOf } from "#components/lists/download/download-menu.tsx";
import { useClock } from "#components/sync/use-now.ts";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { DemoMark } from "#components/ui/demo-mark.tsx";
import { Link } from "#components/ui/link.tsx";
import { PageHead, WayUp } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { SkipPast } from "#components/ui/skip-past.tsx";
import { May } from "#components/viewer/may.tsx";
import { ClockFormat } from "#components/words/clock-format.ts";
import { counted, grouped } from "#components/words/count.ts";
import { formatSetting } from "#components/words/duration.ts";
import { finder } from "#domain/identity/search.ts";
import { type ExpectedLine, expectedAttendanceOf } from "#domain/scheduled/attendance.ts";
import type { OpenedScheduled } from "#domain/scheduled/pages.ts";
import { begunBy, calledBy, lastTurn, type ScheduledMeeting } from "#domain/scheduled/scheduled.ts";
import type { RosterStanding } from "#domain/scheduled/standing.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type RosterMoment, RosterTable } from "./roster-table.tsx";
import { StandingFilter } from "./standing-filter.tsx";
import { UnmatchedCard } from "./unmatched-card.tsx";
import { useRefreshOnEvents } from "./use-refresh-on-events.ts";
import { VerdictCard } from "./verdict-card.tsx";
import { Withdraw } from "./withdraw.tsx";
import { timesWords, weeklyWords } from "./words.ts";

/** One scheduled meeting: who of its roster is here, and the verdict on its start. */
export function ScheduledScreen({ opened }: { opened: OpenedScheduled }) {
  const { scheduled, facts, heard: seen, asOf } = opened;
  const { times } = facts;
  // Calculated again when the clock makes a difference; running times in between run by themselves.
  const at = useClock((now) => Math.max(asOf, lastTurn(times, now) ?? 0));
  const attendance = useMemo(() => expectedAttendanceOf(facts, at), [facts, at]);
  useRefreshOnEvents(begunBy([scheduled], at), seen, null);
  const face = useTodaysClockFormat();
  const isOver = at >= scheduled.endsAt;
  const moment: RosterMoment = { at, isOver, face, runs: at >= scheduled.startsAt && !isOver };
  const [standing, setStanding] = useState<RosterStanding | null>(null);
  const [search, setSearch] = useState("");
  const isFound = finder(search);
  const shown = attendance.lines.filter((line) => isShown(line, standing, isFound));
  const name = calledBy(scheduled);
  return (
    <>
      <PageTitle name={`${name} · Expected`} />
      <Head opened={opened} at={at} face={face} />
      <p role="status" className="sr-only">
        {counted(attendance.counts.present, "person", "people")} of{" "}
        {grouped(attendance.counts.people)} present
      </p>
      <div className="my-4.5">
        <StandingFilter
          counts={attendance.counts}
          isOver={isOver}
          chosen={standing}
          onChoose={setStanding}
        />
      </div>
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_318px]">
        <Card
          title="Roster"
          note={rosterNote(attendance.counts.people, shown.length)}
          aside={
            attendance.counts.people > 8 && (
              <SearchField label="Search people" value={search} onChange={setSearch} />
            )
          }
          className="min-w-0 overflow-hidden"
        >
          {shown.length === 0 ? (
            <Nobody hasRoster={attendance.counts.people > 0} id={scheduled.id} />
          ) : (
            <SkipPast what="table">
              <RosterTable id={scheduled.id} lines={shown} moment={moment} />
            </SkipPast>
          )}
        </Card>
        <aside
          aria-label="Details"
          className="grid grid-cols-[minmax(0,1fr)] gap-5 max-xl:order-first"
        >
          <VerdictCard scheduled={scheduled} verdict={attendance.verdict} now={at} face={face} />
          <UnmatchedCard
            id={scheduled.erasedAt === null ? scheduled.id : null}
            people={attendance.unmatched}
            lines={attendance.lines}
            moment={moment}
          />
        </aside>
      </div>
    </>
  );
}

function Head({
  opened: { scheduled, facts },
  at,
  face,
}: {
  opened: OpenedScheduled;
  at: Ms;
  face: ClockFormat;
}) {
  const isOver = at >= scheduled.endsAt;
  const meetings = [...new Set(facts.seen.map(({ meetingId }) => meetingId))];
  const hasOwnNames = scheduled.classList === null && facts.roster.length > 0;
  const path = `/api/v1/scheduled-meetings/${scheduled.id}/attendance`;
  return (
    <PageHead
      above={<WayUp href="/expected">Expected</WayUp>}
      title={<PersonName name={calledBy(scheduled)} className="min-w-0" />}
      isName
      lead={
        <>
          {timesWords(scheduled, face)} · {face.zone}
          {scheduled.timeZone !== face.zone && (
            <span className="text-ink-3">
              {" "}
              (set as {timesWords(scheduled, ClockFormat.in(scheduled.timeZone))} ·{" "}
              {scheduled.timeZone})
            </span>
          )}
        </>
      }
      actions={
        <>
          {meetings.length === 1 && (
            <ButtonLink href={`/meetings/${meetings[0]}`}>
              {isOver ? "The meeting" : "Go to the meeting"}
            </ButtonLink>
          )}
          <May access="write" needs="names">
            {scheduled.erasedAt === null && (
              <ButtonLink href={`/expected/${scheduled.id}/edit`}>Change</ButtonLink>
            )}
          </May>
          <May access="write" needs={hasOwnNames ? "names" : "anything"}>
            <Withdraw
              id={scheduled.id}
              name={calledBy(scheduled)}
              day={face.calendarDay(scheduled.startsAt)}
              isRepeating={scheduled.repeats !== null}
            />
          </May>
          <DownloadMenu of="who came" choices={formatsOf(path, { tz: face.zone })} />
        </>
      }
    >
      <p className="flex min-w-0 flex-wrap gap-x-1.5 text-ink-3 text-caption">
        <span>
          {scheduled.source.provider}
          <DemoMark source={scheduled.source} /> · {scheduled.source.name} ·{" "}
          <bdi>{scheduled.room}</bdi>
        </span>
        <span>· late after {formatSetting(scheduled.lateAfterMs)}</span>
        <span>· set by {scheduled.by}</span>
        {scheduled.isFromCalendar && <span>· follows its calendar</span>}
        {scheduled.repeats !== null && <span>· {weeklyWords(scheduled.repeats)}</span>}
        {scheduled.classList !== null && (
          <span>
            · class list{" "}
            <Link href={`/expected/lists/${scheduled.classList.id}`} className="hover:underline">
              <bdi>{scheduled.classList.name ?? "with its names removed"}</bdi>
            </Link>
          </span>
        )}
      </p>
      <Unknown scheduled={scheduled} isWatched={facts.knownUntil == null} at={at} face={face} />
      {scheduled.erasedAt !== null && (
        <p className="mt-1 text-ink-2 text-dense">
          The names were erased on {face.calendarDay(scheduled.erasedAt)}, with what was held of
          this room's people.
        </p>
      )}
    </PageHead>
  );
}

function Nobody({ hasRoster, id }: { hasRoster: boolean; id: string }) {
  return (
    <div className="px-4.5 py-8 text-center text-dense text-ink-2">
      {hasRoster ? (
        "Nobody of the roster matches."
      ) : (
        <>
          <p>Nobody is expected yet. Whoever comes is listed as not expected.</p>
          <May access="write" needs="names">
            <p className="mt-3">
              <ButtonLink href={`/expected/${id}/edit`}>Add a roster</ButtonLink>
            </p>
          </May>
        </>
      )}
    </div>
  );
}

function rosterNote(people: number, shown: number): string {
  return shown === people
    ? counted(people, "person", "people")
    : `${grouped(shown)} of ${grouped(people)}`;
}

/** Why nobody is absent or late there, where that is so. */
function Unknown({
  scheduled: { cancelledAt, startsAt },
  isWatched,
  at,
  face,
}: {
  scheduled: ScheduledMeeting;
  isWatched: boolean;
  at: Ms;
  face: ClockFormat;
}) {
  if (cancelledAt !== null) {
    return (
      <p className="mt-1 text-dense text-lost-ink">
        Its calendar cancelled it on {face.calendarDay(cancelledAt)}, {face.minute(cancelledAt)}.
        Nobody is late or absent, and nobody is told of it.
      </p>
    );
  }
  if (isWatched || at < startsAt) return null;
  return (
    <p className="mt-1 text-dense text-ink-2">
      No bot was in this meeting, so nobody knows who came: nobody is late or absent.
    </p>
  );
}

function isShown(
  line: ExpectedLine,
  standing: RosterStanding | null,
  isFound: ReturnType<typeof finder>,
): boolean {
  if (standing !== null && line.standing !== standing) return false;
  const { name, email, userId } = line.person;
  return isFound(name, email, userId, line.sighting?.seenAs ?? null);
}
