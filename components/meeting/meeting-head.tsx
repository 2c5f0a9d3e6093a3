"use client";

import type { ReactNode } from "react";
import { roomOnDay } from "#components/rooms/room-address.ts";
import { useLiveParts } from "#components/sync/live-provider.tsx";
import { Breadcrumb, Step } from "#components/ui/breadcrumb.tsx";
import { PageName } from "#components/ui/page-head.tsx";
import { SourceMark } from "#components/ui/source-mark.tsx";
import { ClockFormat } from "#components/words/clock-format.ts";
import { counted } from "#components/words/count.ts";
import { observerSentence } from "#components/words/observer-words.ts";
import type { MeetingView } from "#domain/meeting/meeting.ts";
import type { MeetingFacts } from "#domain/meeting/meeting-facts.ts";
import type { Observer } from "#domain/meeting/observer.ts";
import type { Ms } from "#domain/time/ms.ts";
import { dayAt } from "#domain/time/period.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import { type StandingOfMeeting, StatusPill, type WatchedByBot } from "./status-pill.tsx";

/** The way here, the meeting's name, and its status. */
export function MeetingHead({
  facts,
  view,
  apart = null,
  observer,
  aside,
}: WatchedByBot & {
  facts: MeetingFacts;
  view: StandingOfMeeting;
  /** The people, and the note-takers, which do not count; `null` where they are not known any more. */
  apart?: Pick<MeetingView, "people" | "noteTakers"> | null;
  /** The meeting's controls. */
  aside?: ReactNode;
}) {
  const { timeZone } = useLiveParts();
  const clockFormat = ClockFormat.in(timeZone);
  return (
    <>
      <Breadcrumb>
        <Step at="first" href="/">
          Live
        </Step>
        <Step>
          <SourceMark source={facts.source} />
        </Step>
        <Step at="last" href={roomOf(facts, view, clockFormat)}>
          <bdi>{facts.room}</bdi>
        </Step>
      </Breadcrumb>
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <PageName title={<bdi>{facts.title ?? facts.room}</bdi>} />
        <StatusPill view={view} observer={observer} />
        {view.startedAt !== null && (
          <>
            <span className="num text-note text-ink-3">
              {clockFormat.calendarDay(view.startedAt)}, {clockFormat.minute(view.startedAt)}
              {view.endedAt !== null && ` – ${endWords(view.startedAt, view.endedAt, clockFormat)}`}
            </span>
            <span className="text-note text-ink-3">{timeZone}</span>
          </>
        )}
        {apart !== null && apart.noteTakers.length > 0 && (
          <span className="num text-note text-ink-3">
            {apart.people.length === 0 && "Nobody was there · "}
            {counted(apart.noteTakers.length, "note-taker", "note-takers")}, not counted
          </span>
        )}
        <p className="hidden w-full text-ink-2 print:block">
          <bdi>{facts.source.name}</bdi> ({facts.source.provider}
          {facts.source.demo === true && ", demonstration"}) · room <bdi>{facts.room}</bdi>
          {view.startedAt === null && ` · ${timeZone}`}
        </p>
        {aside !== undefined && (
          <div className="ml-auto flex items-center gap-1.5 print:hidden">{aside}</div>
        )}
      </div>
      {observer !== null && <WhyGone observer={observer} provider={facts.source.provider} />}
    </>
  );
}

function WhyGone({ observer, provider }: { observer: Observer; provider: string }) {
  const { providers } = useLiveParts();
  const sentence = observerSentence(observer, provider, providers);
  return sentence === null ? null : <p className="wrap-anywhere mt-1 text-ink-2">{sentence}</p>;
}

/** The room's page, with the day of this meeting in it. */
function roomOf(
  { room_id, as_of }: MeetingFacts,
  { startedAt }: StandingOfMeeting,
  clockFormat: ClockFormat,
): string {
  const now = fromWireTime(as_of);
  const dayOf = (at: Ms) => dayAt(at, (moment) => clockFormat.offsetMs(moment));
  return roomOnDay(room_id, dayOf(startedAt ?? now), dayOf(now));
}

function endWords(from: Ms, to: Ms, clockFormat: ClockFormat): string {
  const isSameDay = clockFormat.day(from) === clockFormat.day(to);
  return isSameDay
    ? clockFormat.minute(to)
    : `${clockFormat.calendarDay(to)}, ${clockFormat.minute(to)}`;
}
