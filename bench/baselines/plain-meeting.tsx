"use client";

import { useEffect, useState } from "react";
import { LaneBars } from "#components/meeting/lane-bars.tsx";
import { type LaneSeen, laneWords } from "#components/meeting/lane-words.ts";
import { PersonName } from "#components/ui/person-name.tsx";
import { ClockFormat } from "#components/words/clock-format.ts";
import { formatDuration } from "#components/words/duration.ts";
import { toEvent } from "#domain/event/recorded.ts";
import type { ServerToClient } from "#domain/live/wire.ts";
import { projectMeeting } from "#domain/meeting/meeting.ts";
import type { MeetingFacts } from "#domain/meeting/meeting-facts.ts";
import { attendedMs, type PersonView } from "#domain/meeting/person-view.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import { axisOf, horizonOf } from "#domain/timeline/timeline.ts";

type Push = Parameters<ServerToClient["meeting:events"]>[0];

/**
 * The plain way in React: the facts are state; on every push all of it is projected again, and the same lane as
 * in Rollcall is drawn for every person. A push comes as a message to the window.
 */
export function PlainMeeting({ opened }: { opened: MeetingFacts }) {
  const [facts, setFacts] = useState(opened);
  const [isLive, setIsLive] = useState(false);
  useEffect(() => {
    const onMessage = ({ data }: MessageEvent<string>) => {
      const { events, as_of }: Push = JSON.parse(data);
      setFacts((current) => ({ ...current, events: [...current.events, ...events], as_of }));
    };
    window.addEventListener("message", onMessage);
    setIsLive(true);
    return () => window.removeEventListener("message", onMessage);
  }, []);

  const now = fromWireTime(facts.as_of);
  const view = projectMeeting(facts.events.map(toEvent), facts.rules, now);
  const from = view.firstAt ?? now;
  const axis = axisOf(from, horizonOf(from, now));
  const clockFormat = ClockFormat.in(facts.time_zone);
  return (
    <main>
      <header>
        <span role="status">{isLive ? "Live" : "Opening"}</span>
      </header>
      <h1>{facts.title ?? facts.room}</h1>
      <dl>
        <div>
          <dt>Here now</dt>
          <dd>{view.presentCount}</dd>
        </div>
        <div>
          <dt>Waiting</dt>
          <dd>{view.waitingCount}</dd>
        </div>
      </dl>
      <ul>
        {view.people.map((person) => (
          <li
            key={person.id}
            aria-label={laneWords(wholeLaneOf(person), clockFormat, now)}
            className="grid h-7.5 grid-cols-[172px_minmax(0,1fr)_66px]"
          >
            <PersonName name={person.name} />
            <LaneBars view={person} axis={axis} isPast={false} isDim={false} />
            <span>{formatDuration(attendedMs(person, now))}</span>
          </li>
        ))}
      </ul>
    </main>
  );
}

function wholeLaneOf(person: PersonView): LaneSeen {
  return { view: person, owner: person, at: null, window: null };
}
