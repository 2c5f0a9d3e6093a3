"use client";

import { DownloadMenu, formatsOf } from "#components/lists/download/download-menu.tsx";
import { FilterBar } from "#components/lists/filter-bar.tsx";
import { NothingFound } from "#components/lists/nothing-found.tsx";
import { Pager } from "#components/lists/pager.tsx";
import { periodWords } from "#components/lists/period-words.ts";
import { type Address, useAddress } from "#components/lists/use-address.ts";
import { JoinBySearch } from "#components/people/join-by-search.tsx";
import { displayName, GuestMark } from "#components/people/known-as.tsx";
import { SeparatedPairs } from "#components/people/separated-pairs.tsx";
import { StateButton } from "#components/people/statements/state-button.tsx";
import { Suggestions } from "#components/people/suggestions.tsx";
import { Card } from "#components/ui/card.tsx";
import { PageHead, WayUp } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { nameOf, PersonName } from "#components/ui/person-name.tsx";
import { PrintButton } from "#components/ui/print-button.tsx";
import { SkipPast } from "#components/ui/skip-past.tsx";
import { May } from "#components/viewer/may.tsx";
import { ClockFormat } from "#components/words/clock-format.ts";
import { counted } from "#components/words/count.ts";
import type { Suggested } from "#domain/people/people.ts";
import type { PersonPage } from "#domain/people/person.ts";
import { AttendedTable } from "./attended-table.tsx";
import { Identities } from "./identities.tsx";
import { PersonStats } from "./person-stats.tsx";
import { PrivacyCard } from "./privacy-card.tsx";
import { TrendCard } from "./trend-card.tsx";

/** One person over all their meetings in the period. */
export function PersonScreen({ page }: { page: PersonPage }) {
  const { person, figures, period, today, rows, next, previous } = page;
  const address = useAddress();
  const face = ClockFormat.in(period.timeZone);
  const called = nameOf(displayName(person));
  const self = selfOf(page);
  return (
    <>
      <PageTitle name={called} />
      <PageHead
        above={<WayUp href="/people">People</WayUp>}
        title={
          <>
            <PersonName name={displayName(person)} className="min-w-0" />
            <GuestMark person={person} />
          </>
        }
        isName
        lead={
          <>
            {periodWords(period, face)} · {period.timeZone}
          </>
        }
        actions={
          <>
            <PrintButton hasSign />
            {self !== null && (
              <May access="write">
                <JoinBySearch person={self} timeZone={period.timeZone} />
              </May>
            )}
            <StateButton
              subject={{
                person_id: person.id,
                from: period.firstDay,
                to: period.lastDay,
                tz: period.timeZone,
              }}
            />
            <DownloadMenu
              of={`the record of ${called}`}
              choices={formatsOf(`/api/v1/people/${person.id}/record`, {
                from: period.firstDay,
                to: period.lastDay,
                tz: period.timeZone,
              })}
            />
          </>
        }
      />
      <div className="my-4.5 print:hidden">
        <FilterBar
          period={period}
          today={today}
          narrowed={NOTHING}
          choices={NO_CHOICES}
          address={address}
          fields={[]}
        />
      </div>
      {page.suggestions.length > 0 && (
        <Suggestions pairs={page.suggestions} timeZone={period.timeZone} isOpen />
      )}
      <SeparatedPairs pairs={page.apart} timeZone={period.timeZone} />
      {figures === null ? (
        <NoMeetings page={page} address={address} />
      ) : (
        <div className="grid gap-4 print:mt-4">
          <PersonStats figures={figures} heldMs={page.heldMs} now={page.asOf} />
          {figures.namesakes > 0 && (
            <p className="text-dense text-ink-2">
              In some meetings there were several of this name, and nobody knows who of them is who.
              Time in which any of them was in counts once.
            </p>
          )}
          <TrendCard page={page} />
          <Card
            title="Meetings"
            note={<span className="num">{counted(figures.meetings, "meeting", "meetings")}</span>}
            className="overflow-hidden print:overflow-visible"
          >
            <SkipPast what="table">
              <AttendedTable rows={rows} face={face} now={page.asOf} />
            </SkipPast>
            <Pager previous={previous} next={next} />
          </Card>
        </div>
      )}
      <div className="mt-4">
        <Identities page={page} face={face} />
      </div>
      <PrivacyCard id={person.id} />
    </>
  );
}

/** The person as one side of a pair, with the identity that represents them. */
function selfOf({ person: { knownAs, ...person }, figures, asOf }: PersonPage): Suggested | null {
  const [first] = knownAs;
  if (first === undefined) return null;
  const { meetings, lastAt } = figures ?? { meetings: 0, lastAt: asOf };
  return { ...first, name: person.name ?? first.name, meetings, lastAt };
}

const NOTHING = { source: null, room: null, q: null, minDurationMs: null };
const NO_CHOICES = { sources: [], rooms: [], gone: [] };

function NoMeetings({ page, address }: { page: PersonPage; address: Address }) {
  return (
    <div className="rounded-card border border-line bg-surface shadow-card">
      <NothingFound
        title="No meetings"
        why="They attended no meeting in this period."
        days={page}
        address={address}
      />
    </div>
  );
}
