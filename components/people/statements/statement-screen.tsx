import type { ReactNode } from "react";
import { BrandMark } from "#components/ui/brand-mark.tsx";
import { buttonLook } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { PrintButton } from "#components/ui/print-button.tsx";
import { ClockFormat } from "#components/words/clock-format.ts";
import { counted } from "#components/words/count.ts";
import { formatDuration } from "#components/words/duration.ts";
import { userIdName } from "#components/words/user-id-words.ts";
import type { CheckResult } from "#domain/people/statements/check.ts";
import type { Difference } from "#domain/people/statements/differences.ts";
import { inventedIn, type StatementFacts } from "#domain/people/statements/facts.ts";
import type { Ms } from "#domain/time/ms.ts";
import { DemoWarning } from "./demo-warning.tsx";
import { OneVerdict } from "./one-verdict.tsx";
import { StatedMeetingPart } from "./stated-meeting.tsx";
import { StatedTable } from "./stated-table.tsx";
import { VerdictNotice } from "./verdict.tsx";

export interface StatementPage {
  id: string;
  hash: string;
  facts: StatementFacts | null;
  madeAt: Ms;
  madeBy: string;
  erasedAt: Ms | null;
  /** The address at which every reader can check it. */
  url: string;
  /** Whether readers on other machines can open that address. */
  isPublished: boolean;
  /** The zone in which its times are shown. */
  timeZone: string;
  /** Whether the address contained a hash to compare with. */
  isCompared: boolean;
  verdict: CheckResult;
  altered: readonly Difference[];
  corrected: readonly Difference[];
}

/** A statement as it was issued, made to be printed, below the verdict of a check of today. */
export function StatementScreen({ page, above }: { page: StatementPage; above: ReactNode }) {
  const { facts, id, hash, madeAt, madeBy, url, timeZone } = page;
  const face = ClockFormat.in(timeZone);
  const name = facts?.person.name ?? null;
  const invented = facts === null ? "nothing" : inventedIn(facts);
  return (
    <main className="mx-auto grid max-w-[820px] gap-4 px-4 pt-5 pb-12 print:max-w-none print:p-0">
      <title>{`Attendance statement${name === null ? "" : `, ${name}`}${invented === "all" ? " (demonstration)" : ""} · Rollcall`}</title>
      <header className="flex flex-wrap items-center justify-between gap-3 print:hidden">
        <Link href="/" className="flex items-center gap-2 font-heading text-lead">
          <BrandMark />
          Rollcall
        </Link>
        <div className="flex gap-2">
          {facts !== null && (
            <a
              href={`/api/v1/statements/${id}`}
              download={`statement-${id}.json`}
              className={buttonLook()}
            >
              File
            </a>
          )}
          {facts !== null && <PrintButton />}
        </div>
      </header>
      {above}
      <OneVerdict
        id={id}
        timeZone={timeZone}
        ofAddress={
          <VerdictNotice
            verdict={page.verdict}
            altered={page.altered}
            corrected={page.corrected}
            face={face}
            isCompared={page.isCompared}
          />
        }
      >
        {!page.isPublished && <OnlyHere />}
        <article className="min-w-0 rounded-card border border-line bg-surface px-5 py-6 shadow-card sm:px-8 sm:py-8 print:border-0 print:p-0 print:shadow-none">
          <h1 className="font-heading text-document tracking-title">Attendance statement</h1>
          <DemoWarning kind={invented} />
          {facts === null ? (
            <p className="mt-3 text-ink-2">
              The facts of this statement were erased
              {page.erasedAt !== null && ` on ${face.calendarDay(page.erasedAt)}`}, with all that
              was kept of its meetings. Its hash is still known, so a paper or a file can be
              compared.
            </p>
          ) : (
            <Facts facts={facts} face={face} />
          )}
          <footer className="num grid gap-2 border-line border-t pt-4 text-note text-ink-2">
            <p>
              Issued {face.calendarDay(madeAt)} {face.second(madeAt)} by <bdi>{madeBy}</bdi>. Times
              are told in {timeZone}. Attended is the union of the visits; waiting does not count.
            </p>
            <Line name="Check at">
              <a href={url} className="wrap-anywhere underline underline-offset-2">
                {url.replace(/\?.*$/, "")}
              </a>
            </Line>
            <Line name="SHA-256 of the facts">
              <span className="break-all font-mono text-mark">{inGroups(hash)}</span>
            </Line>
          </footer>
        </article>
      </OneVerdict>
    </main>
  );
}

function Facts({ facts, face }: { facts: StatementFacts; face: ClockFormat }) {
  const { person, period, meetings } = facts;
  return (
    <>
      <p className="mt-3 flex font-strong text-large">
        <PersonName name={person.name} className="min-w-0" />
      </p>
      {person.user_id !== null && (
        <p className="wrap-anywhere text-note text-ink-2">
          known by {userIdName(person.user_id)} {person.user_id}
        </p>
      )}
      {period !== null && (
        <p className="num mt-1 mb-4 text-ink-2">
          {dayWords(period.first_day)} – {dayWords(period.last_day)} ({period.time_zone}):{" "}
          {counted(meetings.length, "meeting", "meetings")},{" "}
          <strong className="font-strong text-ink">{formatDuration(facts.attended_ms)}</strong>{" "}
          attended
        </p>
      )}
      <div className="mt-4">
        {meetings.length > FEW ? (
          <StatedTable meetings={meetings} face={face} />
        ) : (
          meetings.map((meeting) => (
            <StatedMeetingPart key={meeting.meeting_id} meeting={meeting} face={face} />
          ))
        )}
      </div>
    </>
  );
}

/** The warning that the address on the paper opens on this machine only. */
function OnlyHere() {
  return (
    <p className="rounded-lg bg-waiting-soft px-3.5 py-2 text-dense text-waiting-ink print:hidden">
      Others cannot check this statement: its check address opens on this machine only, because no
      ROLLCALL_URL is set.
    </p>
  );
}

/** More meetings than these are shown as a table, so that a term takes a page or two. */
const FEW = 3;

/** A day as it was asked for, which is in no zone. */
function dayWords(day: string): string {
  return ClockFormat.in("UTC").calendarDay(Date.parse(day));
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <p className="grid gap-x-3 sm:grid-cols-[10rem_minmax(0,1fr)]">
      <span>{name}</span>
      <span className="min-w-0">{children}</span>
    </p>
  );
}

/** In groups of eight, so that a paper can be compared by eye. */
function inGroups(hash: string): string {
  return hash.replace(/(.{8})(?=.)/g, "$1 ");
}
