"use client";

import { useMemo } from "react";
import { Later } from "#components/ui/lazy/later.tsx";
import { LazyPart } from "#components/ui/lazy/part.ts";
import { useMay } from "#components/viewer/me.tsx";
import { toEvent } from "#domain/event/recorded.ts";
import type { MeetingView } from "#domain/meeting/meeting.ts";
import {
  emptiesOf,
  type MeetingCorrection,
  meetingCorrectionsIn,
} from "#domain/meeting/meeting-correction.ts";
import type { MeetingFacts } from "#domain/meeting/meeting-facts.ts";
import { useNeighbours } from "./use-neighbours.ts";

/** Only this many breaks are offered to be parted at: the longest. */
const MOST_BREAKS = 3;

const card = new LazyPart(() => import("./one-or-two-card.tsx").then((read) => read.OneOrTwoCard));

/**
 * Asks those who may correct it whether this is one meeting; renders nothing without a neighbour, a break or a
 * correction. Others see the corrections.
 */
export function OneOrTwo({ facts, view }: { facts: MeetingFacts; view: MeetingView }) {
  const isAsked = useMay("write");
  const corrections = useMemo(() => inForce(facts), [facts]);
  const about = isAsked ? `${view.status} ${corrections.length}` : null;
  const neighbours = useNeighbours(facts, about);
  const breaks = useMemo(() => (isAsked ? longestBreaks(view) : []), [view, isAsked]);
  const { before, after } = neighbours;
  if (corrections.length + breaks.length === 0 && before === null && after === null) return null;
  return <Later part={card} props={{ facts, view, rulings: corrections, breaks, before, after }} />;
}

function inForce({ events }: MeetingFacts): MeetingCorrection[] {
  return meetingCorrectionsIn(events.filter(({ type }) => type === "meeting_ruled").map(toEvent));
}

function longestBreaks({ people }: MeetingView) {
  return emptiesOf(people)
    .toSorted((a, b) => b.to - b.from - (a.to - a.from))
    .slice(0, MOST_BREAKS)
    .toSorted((a, b) => a.from - b.from);
}
