import { expect, test } from "vitest";
import type { MeetingEvent } from "#domain/event/event.ts";
import { provider, providerNames } from "./providers.ts";

const NOW = Date.UTC(2026, 2, 12, 10);
const MINUTE = 60_000;

const ada = { participantId: "c-1", userId: "u-ada", name: "Ada", isHost: true };
const guest = { participantId: "c-2", userId: null, name: null, isHost: null };
/** One event of every kind that a provider may report, as far as each says it. */
const EVENTS: readonly MeetingEvent[] = [
  { type: "meeting_started", at: NOW, providerMeetingId: "m-1" },
  { type: "knocked", at: NOW + MINUTE, ...guest },
  { type: "stopped_waiting", at: NOW + 2 * MINUTE, startedAt: NOW + MINUTE, ...guest },
  { type: "joined", at: NOW + 2 * MINUTE + 1, ...ada },
  { type: "updated", at: NOW + 3 * MINUTE, ...ada },
  { type: "left", at: NOW + 4 * MINUTE, joinedAt: NOW + 2 * MINUTE + 1, ...ada },
  { type: "left", at: NOW + 5 * MINUTE, joinedAt: null, ...guest },
  { type: "observer_joined", at: NOW },
  { type: "observer_left", at: NOW + 6 * MINUTE, reason: null },
  { type: "meeting_ended", at: NOW + 7 * MINUTE, startedAt: NOW, providerMeetingId: "m-1" },
];

test.each(providerNames)("%s reads what it speaks, and would say the same again", (name) => {
  const subject = provider(name);
  if (subject === null) throw new Error(`no provider ${name}`);
  const spoken = EVENTS.flatMap((event) => subject.speak(event, "ward", "1") ?? []);
  for (const body of spoken) {
    const reading = subject.read(new TextEncoder().encode(body));
    if (reading.kind !== "events") throw new Error(`${body} is ${reading.kind}`);
    expect(reading.about.room).toBe("ward");
    // Where a body has no id of its own, what it says is its id.
    expect(["1", reading.occurrence]).toContain(reading.id);
    const [event, ...others] = reading.about.events;
    expect(others).toEqual([]);
    expect(event && subject.speak(event, "ward", "1")).toBe(body);
    expect(EVENTS).toContainEqual(expect.objectContaining({ type: event?.type, at: event?.at }));
  }
  expect(spoken.length > 0).toBe(subject.connect !== null);
});

test.each(providerNames)("%s has habits that agree with what it speaks", (name) => {
  const subject = provider(name);
  if (subject === null) throw new Error(`no provider ${name}`);
  const { habits } = subject;
  expect(habits !== null).toBe(subject.connect !== null);
  const speaks = (type: MeetingEvent["type"]) =>
    EVENTS.some((event) => event.type === type && subject.speak(event, "ward", "1") !== null);
  expect(speaks("observer_joined")).toBe(Boolean(habits?.observer));
  for (const leaving of Object.values(habits?.observer ?? {})) {
    const event: MeetingEvent = { type: "observer_left", at: NOW, ...leaving };
    const body = subject.speak(event, "ward", "1") ?? "";
    const reading = subject.read(new TextEncoder().encode(body));
    expect(reading).toMatchObject({ kind: "events", about: { events: [event] } });
  }
  if (!habits || habits.ping === null) return;
  const ping = {
    raw: new TextEncoder().encode(habits.ping),
    ...{
      header: () => null,
      query: () => null,
      path: "",
      secrets: [],
      now: NOW,
      toleranceMs: null,
    },
  };
  expect(subject.challenge(ping, subject.verify(ping))).not.toBeNull();
});

test.each(providerNames)("%s says beside an event what it can, and the event stays", (name) => {
  const subject = provider(name);
  for (const event of EVENTS) {
    const spoken = subject?.speak(event, "ward", "1", { title: "Ward", isRefused: true });
    const plain = subject?.speak(event, "ward", "1");
    const [read, readPlain] = [spoken, plain].map((body) => body && readOf(body));
    if (!read || !readPlain) {
      expect(spoken).toBe(plain);
      continue;
    }
    expect(read.about.events).toEqual(readPlain.about.events);
    expect([null, "Ward"]).toContain(read.about.title);
  }

  function readOf(body: string) {
    const reading = subject?.read(new TextEncoder().encode(body));
    return reading?.kind === "events" ? reading : null;
  }
});

test.each(providerNames)("%s ignores its digressions, which name their room or none", (name) => {
  const subject = provider(name);
  for (const id of ["1", "2", "3"]) {
    const body = subject?.digress("ward", NOW, id);
    if (body == null) continue;
    const reading = subject?.read(new TextEncoder().encode(body));
    if (reading?.kind !== "ignored") throw new Error(`${body} is ${reading?.kind}`);
    expect(reading.id).toBe(id);
    expect(["ward", null]).toContain(reading.room);
  }
});
