"use client";

import { useMemo } from "react";
import { useLive } from "#components/live/live-provider.tsx";
import { useNow } from "#components/live/use-now.ts";
import { Running } from "#components/ui/running.tsx";
import { Stat, Stats } from "#components/ui/stats.tsx";
import { ClockFace } from "#components/words/clock-face.ts";
import { grouped, wholePercent } from "#components/words/count.ts";
import { formatDuration } from "#components/words/duration.ts";
import { lengthMs } from "#domain/interval.ts";
import type { MeetingStory } from "#domain/meeting.ts";
import {
  attendees,
  hostCover,
  longestWaitSince,
  lostOf,
  medianStayMs,
  meetingMs,
} from "#domain/metrics.ts";

/** More do not fit under a number; what its formula says is always whole. */
const MOST_NOTES = 2;

/** The six numbers of a meeting. */
export function MeetingHeadline({ story }: { story: MeetingStory }) {
  const { timeZone } = useLive();
  const { peak } = story;
  const attended = useMemo(() => attendees(story).length, [story]);
  const waitingSince = useMemo(() => longestWaitSince(story), [story]);
  return (
    <Stats label="This meeting" columns={6}>
      <Stat
        label="Here now"
        tone="present"
        note={
          peak === null
            ? "nobody came in yet"
            : `peak ${peak.count} at ${ClockFace.in(timeZone).minute(peak.at)}`
        }
      >
        {grouped(story.presentCount)}
      </Stat>
      <Stat
        label="Waiting"
        tone="waiting"
        note={waitingSince === null ? "nobody waits" : <WaitingFor since={waitingSince} />}
      >
        {grouped(story.waitingCount)}
      </Stat>
      <Stat label="Attended" note={`${attended === 1 ? "person" : "people"}, reconnects joined`}>
        {grouped(attended)}
      </Stat>
      <MedianStay story={story} />
      <LeftBeforeAdmitted story={story} />
      <HostCover story={story} />
    </Stats>
  );
}

function WaitingFor({ since }: { since: number }) {
  return (
    <>
      for{" "}
      <b className="font-semibold text-waiting-ink">
        <Running since={since} />
      </b>
    </>
  );
}

function MedianStay({ story }: { story: MeetingStory }) {
  const now = useNow();
  const people = useMemo(() => attendees(story), [story]);
  const median = medianStayMs(people, now);
  const share = median === null ? null : wholePercent(median, meetingMs(story, now) ?? 0);
  return (
    <Stat
      label="Median stay"
      note={share === null ? "" : `${share} of the meeting`}
      formula="Half of those who came in attended for at least this long. Attended time is the union of all connections of a person, with short gaps joined; waiting does not count."
    >
      {median === null ? "–" : formatDuration(median)}
    </Stat>
  );
}

function LeftBeforeAdmitted({ story }: { story: MeetingStory }) {
  const { left, short, cameBack, longestMs } = useMemo(() => lostOf(story), [story]);
  const notes = [
    ...(longestMs === null
      ? []
      : [`${left === 1 ? "after" : "longest"} ${formatDuration(longestMs)}`]),
    ...(cameBack > 0 ? [`${cameBack} came back`] : []),
    ...(short > 0 ? [`${short} within 10 s`] : []),
  ];
  const formula = `Left the waiting room without being admitted. Who came back and was admitted later (${cameBack}), and who left within 10 seconds (${short}), are not in it. Providers do not say whether a host refused.`;
  return (
    <Stat
      label="Left before admitted"
      tone="lost"
      note={notes.slice(0, MOST_NOTES).join(" · ") || "nobody"}
      formula={formula}
    >
      {grouped(left)}
    </Stat>
  );
}

function HostCover({ story }: { story: MeetingStory }) {
  const now = useNow();
  const cover = useMemo(() => hostCover(story.people), [story]);
  const formula =
    "The share of the time people were in or waiting in which a host was in. Where the provider only says that the role changed somewhere, that stretch counts as covered.";
  if (cover === null) {
    return (
      <Stat label="Host cover" tone="host" note="no host reported" formula={formula}>
        –
      </Stat>
    );
  }
  const occupiedMs = lengthMs(cover.occupied, now);
  const hostlessMs = lengthMs(cover.hostless, now);
  const note =
    hostlessMs < 1000 ? "never without a host" : `${formatDuration(hostlessMs)} without a host`;
  return (
    <Stat label="Host cover" tone="host" note={note} formula={formula}>
      {wholePercent(occupiedMs - hostlessMs, occupiedMs) ?? "–"}
    </Stat>
  );
}
