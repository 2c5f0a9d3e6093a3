import { expect, test } from "vitest";
import type { MeetingEvent } from "#domain/event/event.ts";
import type { Gathering } from "#server/demo/world/plot.ts";
import { streamOf } from "#server/demo/world/random.ts";
import { toldOf } from "#server/demo/world/told.ts";
import { openHistory } from "./history.ts";
import { deliveriesOf } from "./kept.ts";
import { DAY, dayOf } from "./kinds/calendar.ts";

/** A year of the first series of a history, which include every kind. */
function gatherings(seed: number): Gathering[] {
  const days = Array.from({ length: 365 }, (_, day) => dayOf(Date.UTC(2025, 0, 1) + day * DAY));
  return openHistory(seed, 5).flatMap(({ diary }) => days.flatMap(diary));
}

function sorted(events: readonly MeetingEvent[]): string[] {
  return events.map((event) => JSON.stringify(Object.entries(event).toSorted())).toSorted();
}

test.each([1, 2])("what the providers read is what was plotted, in a year of seed %i", (seed) => {
  const keys = new Set<string>();
  let deliveries = 0;
  for (const [index, gathering] of gatherings(seed).entries()) {
    const sent = deliveriesOf(streamOf("deliveries", seed, index), gathering);
    const read = sent.flatMap(({ about }) => about?.events ?? []);
    expect(sorted(read)).toEqual(sorted(toldOf(gathering).map(({ event }) => asRead(event))));
    expect(sent.every(({ status, about }) => (status === "recorded") === (about !== null))).toBe(
      true,
    );
    const rooms = new Set(sent.flatMap(({ room }) => room ?? []));
    expect(rooms).toEqual(new Set([gathering.room]));
    for (const { key } of sent) keys.add(`${gathering.provider} ${key}`);
    deliveries += sent.length;
  }
  expect(keys.size).toBe(deliveries);
});

/** The providers of a history cut the repeated start of a meeting to a whole second. */
function asRead(event: MeetingEvent): MeetingEvent {
  if (event.type !== "meeting_ended" || event.startedAt === null) return event;
  return { ...event, startedAt: Math.floor(event.startedAt / 1000) * 1000 };
}
