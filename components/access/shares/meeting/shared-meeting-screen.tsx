"use client";

import { useMemo } from "react";
import { SharedFreshness } from "#components/access/shares/page/shared-freshness.tsx";
import { SharedPage } from "#components/access/shares/page/shared-page.tsx";
import { Standstill } from "#components/frame/standstill.tsx";
import { HostHistory } from "#components/meeting/host-history.tsx";
import { MeetingHeadline } from "#components/meeting/meeting-headline.tsx";
import { useAxis } from "#components/meeting/parts/use-axis.ts";
import { MeetingClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { StatusPill } from "#components/meeting/status-pill.tsx";
import { usePageTime } from "#components/sync/page-time.ts";
import { BrandMark } from "#components/ui/brand-mark.tsx";
import { DemoMark } from "#components/ui/demo-mark.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { ClockFormat } from "#components/words/clock-format.ts";
import { viewOfShared } from "#domain/access/shares/shared-meeting.ts";
import { hostHistoryOf } from "#domain/meeting/host-history.ts";
import type { MeetingView } from "#domain/meeting/meeting.ts";
import { timeToFirstHost } from "#domain/meeting/metrics.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import type { sharedMeeting } from "#server/access/shares/schema.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { SharedAttendance } from "./shared-attendance.tsx";
import { SharedTimeline } from "./shared-timeline.tsx";
import { SharedWaits } from "./shared-waits.tsx";

type SharedMeeting = AnswerOf<typeof sharedMeeting>;

const schema = async () => (await import("#server/access/shares/schema.ts")).sharedMeeting;

/** A meeting for whoever has its link: to be looked at, and nothing else. */
export function SharedMeetingScreen({
  token,
  opened,
  timeZone,
}: {
  token: string;
  opened: SharedMeeting;
  timeZone: string;
}) {
  const path = `/shared/${encodeURIComponent(token)}`;
  return (
    <SharedPage opened={opened} path={path} schema={schema} timeZone={timeZone}>
      {(meeting) => <Shown meeting={meeting} />}
    </SharedPage>
  );
}

function Shown({ meeting }: { meeting: SharedMeeting }) {
  const view = useMemo(() => viewOfShared(meeting), [meeting]);
  return (
    <MeetingClockFormat view={view}>
      <PageTitle name={meeting.name} waiting={view.waitingCount} />
      <div className="mx-auto w-full max-w-[1440px] px-4 pb-12 sm:px-7 print:p-0">
        <header className="flex min-h-13 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-line border-b py-2.5">
          <p className="flex items-center gap-2.25 font-heading text-subhead tracking-head">
            <BrandMark />
            Rollcall
          </p>
          <SharedFreshness className="text-caption print:hidden" />
        </header>
        <main className="pt-5">
          <Standstill />
          <Head meeting={meeting} view={view} />
          {meeting.erased ? (
            <p className="mt-5 text-ink-2">
              The data of the people in this meeting was deleted. Nothing else of it is shown.
            </p>
          ) : (
            <Content view={view} graceMs={meeting.grace_ms} />
          )}
        </main>
      </div>
    </MeetingClockFormat>
  );
}

function Head({ meeting, view }: { meeting: SharedMeeting; view: MeetingView }) {
  const { timeZone } = usePageTime();
  const clockFormat = ClockFormat.in(timeZone);
  const { startedAt, endedAt } = view;
  const until = fromWireTime(meeting.expires_at);
  return (
    <PageHead
      title={<bdi>{meeting.name}</bdi>}
      beside={
        <>
          <StatusPill view={view} observer={null} />
          <DemoMark source={{ ...(meeting.demo && { demo: true }) }} />
          {startedAt !== null && (
            <span className="num text-note text-ink-3">
              {clockFormat.calendarDay(startedAt)}, {clockFormat.minute(startedAt)}
              {endedAt !== null && ` – ${endWords(startedAt, endedAt, clockFormat)}`} {timeZone}
            </span>
          )}
        </>
      }
    >
      <p className="num mt-0.5 text-note text-ink-3 print:hidden">
        Shared with you to look at
        {meeting.masked && ", with initials in place of names"}, until{" "}
        {clockFormat.calendarDay(until)}, {clockFormat.minute(until)}
      </p>
    </PageHead>
  );
}

function endWords(from: number, to: number, clockFormat: ClockFormat): string {
  const time = clockFormat.minute(to);
  return clockFormat.isSameDay(from, to) ? time : `${clockFormat.calendarDay(to)}, ${time}`;
}

function Content({ view, graceMs }: { view: MeetingView; graceMs: number }) {
  const axis = useAxis(view);
  const { people } = view;
  const history = useMemo(() => hostHistoryOf(people, graceMs), [people, graceMs]);
  const first = useMemo(() => timeToFirstHost(people), [people]);
  return (
    <>
      <div className="my-4.5">
        <MeetingHeadline view={view} at={null} graceMs={graceMs} />
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 xl:grid-cols-[minmax(0,1fr)_318px]">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          <SharedTimeline view={view} axis={axis} history={history} />
          <SharedAttendance view={view} />
        </div>
        <aside
          aria-label="Waits and hosts"
          className="grid grid-cols-[minmax(0,1fr)] gap-5 md:max-xl:grid-cols-2"
        >
          <SharedWaits people={people} />
          <HostHistory history={history} first={first} />
        </aside>
      </div>
    </>
  );
}
