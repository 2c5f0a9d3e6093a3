"use client";

import { CircleHelp, X } from "lucide-react";
import { memo } from "react";
import { AskedActsLater } from "#components/desk/acts/asked-acts-later.tsx";
import { PutAwayButton } from "#components/meeting/away/put-away-button.tsx";
import { isAlarm, isInProgress, isWithoutHost, titleOf } from "#components/sync/meeting-order.ts";
import { Link } from "#components/ui/link.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { Pill } from "#components/ui/pill.tsx";
import { Running } from "#components/ui/running.tsx";
import { Sign } from "#components/ui/sign.tsx";
import { SourceMark } from "#components/ui/source-mark.tsx";
import { counted, grouped } from "#components/words/count.ts";
import { observerWords } from "#components/words/observer-words.ts";
import type { LiveMeeting, LiveSnapshot } from "#domain/live/wire.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import { Sparkline } from "./sparkline.tsx";

/** One meeting of the live page; the whole row leads to it. */
export const MeetingRow = memo(function MeetingRow({
  meeting,
  steps,
}: {
  meeting: LiveMeeting;
  /** The number of people over the last half hour. */
  steps: LiveSnapshot["steps"][string];
}) {
  const alarm = isAlarm(meeting) ? "bg-linear-to-r from-lost-soft to-55% to-transparent" : "";
  // Dimmed by readable colours, not by making everything transparent.
  const over = isInProgress(meeting) ? "" : "text-ink-3 [&_svg]:opacity-45 [&_.sign]:opacity-45";
  return (
    <div
      className={`group relative grid min-h-16.25 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1.5 border-line border-b px-4 py-2.5 hover:bg-sunken/60 sm:px-4.5 md:grid-cols-[minmax(132px,1.3fr)_minmax(120px,190px)_100px_minmax(60px,1fr)_72px] min-[112.5rem]:grid-cols-[minmax(150px,1.3fr)_minmax(120px,232px)_128px_minmax(96px,1fr)_96px] min-[112.5rem]:[&_.pill]:text-lead ${alarm} ${over}`}
    >
      <div className="min-w-0">
        <Link
          href={`/meetings/${meeting.id}`}
          className="flex font-strong tracking-name min-[112.5rem]:text-large after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
        >
          <PersonName name={titleOf(meeting)} className="min-w-0" />
        </Link>
        <p className="num truncate text-note text-ink-3">
          <SourceMark source={meeting.source} /> · <Since meeting={meeting} /> ·{" "}
          <bdi>{meeting.title === null ? meeting.source.name : meeting.room}</bdi>
          {meeting.note_taker_count > 0 &&
            ` · ${counted(meeting.note_taker_count, "note-taker", "note-takers")}`}
        </p>
        <AskedActsLater meeting={meeting.id} />
      </div>
      <div className="col-start-1 flex min-w-0 items-center gap-1.5 md:col-start-auto">
        <div className="flex min-w-0 flex-wrap gap-1.5">
          <HostPill meeting={meeting} />
          <NotHeardOf meeting={meeting} />
          <span className="contents md:hidden">
            <WaitingPill count={meeting.waiting_count} />
          </span>
        </div>
        {isInProgress(meeting) && (
          <PutAwayButton
            className="relative -my-1"
            subject={{
              meetingId: meeting.id,
              personId: null,
              where: null,
              name: titleOf(meeting),
              notBefore: null,
            }}
          />
        )}
      </div>
      <div className="hidden min-w-0 md:block">
        <WaitingPill count={meeting.waiting_count} />
      </div>
      <div className="col-start-2 row-start-2 w-16 justify-self-end md:col-start-auto md:row-start-auto md:w-full">
        <Sparkline steps={steps} />
      </div>
      <p className="num col-start-2 row-start-1 whitespace-nowrap text-right md:col-start-auto md:row-start-auto">
        <span className="font-strong text-figure tracking-title min-[112.5rem]:text-number min-[112.5rem]:leading-figure">
          {grouped(meeting.present_count)}
        </span>{" "}
        <span className="text-note text-ink-3">in</span>
      </p>
    </div>
  );
});

function Since({ meeting }: { meeting: LiveMeeting }) {
  if (!isInProgress(meeting)) {
    const words = meeting.observer && observerWords(meeting.observer);
    return words === null ? "just ended" : <b className="font-firm text-lost-ink">{words}</b>;
  }
  if (meeting.started_at === null) return "not begun";
  return <Running since={fromWireTime(meeting.started_at)} />;
}

function HostPill({ meeting }: { meeting: LiveMeeting }) {
  const [first, ...others] = meeting.hosts;
  if (isWithoutHost(meeting) && meeting.hostless_since !== null) {
    return (
      <Pill tone="lost" className="num">
        <X aria-hidden className="size-3 flex-none" strokeWidth={2.6} />
        <span>
          no host for <Running since={fromWireTime(meeting.hostless_since)} />
        </span>
      </Pill>
    );
  }
  if (first === undefined || !isInProgress(meeting)) return null;
  return (
    <Pill tone="host">
      <Sign of="crown" className="size-3" />
      <span className="sr-only">Host:</span>
      <PersonName name={first.name} className="min-w-0" />
      {others.length > 0 && <span className="num">+{grouped(others.length)}</span>}
    </Pill>
  );
}

/** People whose leave was not reported: neither in nor gone, and in no count. */
function NotHeardOf({ meeting: { not_heard_of } }: { meeting: LiveMeeting }) {
  const [latest, ...others] = not_heard_of;
  if (latest === undefined) return null;
  return (
    <Pill tone="plain" className="num">
      <CircleHelp aria-hidden className="size-3 flex-none" strokeWidth={2.4} />
      <span className="flex min-w-0 gap-1 whitespace-nowrap">
        <PersonName name={latest.name} className="min-w-0" />
        {others.length > 0 && <span>+{grouped(others.length)}</span>} not heard of for{" "}
        <Running since={fromWireTime(latest.since)} />
      </span>
    </Pill>
  );
}

function WaitingPill({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <Pill tone="waiting" className="num">
      <Sign of="hourglass" className="size-3" />
      {grouped(count)} waiting
    </Pill>
  );
}
