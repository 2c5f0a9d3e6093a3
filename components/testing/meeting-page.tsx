import { act, fireEvent, screen } from "@testing-library/react";
import { vi } from "vitest";
import { MeetingScreen } from "#components/meeting/meeting-screen.tsx";
import type { MeetingEvent } from "#domain/event/event.ts";
import { joins, knocks, leaves, minutes, stopsWaiting } from "#domain/testing/history.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { factsOf, liveSnapshotOf, NOW, recorded } from "./facts.ts";
import type { FakeServer } from "./fake-server.ts";
import { answer } from "./network.ts";
import { pass, renderLive } from "./render-live.tsx";

/*
 * Opens a meeting's page for the tests of its timeline, and reads what a person sees on it. The lesson has a wait, two
 * hosts with a gap between them, a reconnect on another device, a person who gave up and one who came back.
 */

export const lena = { user: "lena" };

export const LESSON = minutes(
  ["10:00", knocks("Nina")],
  ["10:01:40", joins("P. Singh", { host: true })],
  ["10:02", stopsWaiting("Nina")],
  ["10:02", joins("Nina", { session: "nina in", host: false })],
  ["10:02:11", joins("Lena Fischer", { ...lena, session: "laptop" })],
  ["10:18", leaves("P. Singh")],
  ["10:20", joins("R. Lindqvist", { host: true })],
  ["10:21", knocks("Kofi")],
  ["10:21:40", leaves("Lena Fischer", { ...lena, session: "laptop" })],
  ["10:21:49", joins("Lena’s phone", { ...lena, session: "phone" })],
  ["10:25:26", stopsWaiting("Kofi")],
  ["10:30", joins("Ravi", { session: "ravi" })],
  ["10:33", leaves("Ravi", { session: "ravi" })],
  ["10:35", joins("Ravi", { session: "ravi again" })],
);

/** Opens the page of these events at `now`, with a query such as `?raw=1`. */
export async function openMeeting(
  query = "",
  events: readonly MeetingEvent[] = LESSON,
  zone = "UTC",
  now: Ms = NOW,
): Promise<{ server: FakeServer }> {
  vi.setSystemTime(now);
  isAlone();
  const as_of = toWireTime(now);
  const facts = factsOf(events, { as_of, time_zone: zone });
  const live = liveSnapshotOf({ as_of, time_zone: zone });
  const { server } = await renderLive(
    <MeetingScreen facts={facts} />,
    live,
    `/meetings/m1${query}`,
  );
  server.meetings.set("m1", [...facts.events]);
  return { server };
}

/** Answers the page's request for neighbours: the room has no other meeting. */
export function isAlone(): void {
  answer("/api/v1/meetings/m1/neighbours", { before: null, after: null });
}

/** Records events while the page is open, and pushes them. */
export async function pushEvents(
  server: FakeServer,
  ...lines: Parameters<typeof minutes>
): Promise<void> {
  const stored = server.meetings.get("m1") ?? [];
  const added = recorded(minutes(...lines), stored.length);
  stored.push(...added);
  act(() => server.pushEvents("m1", added));
  await pass(0);
}

export const region = (name: string) => screen.getByRole("region", { name });
export const noRegion = (name: string) => screen.queryByRole("region", { name }) === null;
export const slider = (name: string) => screen.getByRole("slider", { name });
export const tile = (label: string) => screen.getByText(label).closest("div")?.textContent;

export function press(
  element: Element,
  ...keys: (string | { key: string; shiftKey: boolean })[]
): void {
  for (const key of keys) fireEvent.keyDown(element, typeof key === "string" ? { key } : key);
}

/** The label of each lane, as screen readers get it. */
export const lanes = () =>
  screen.getAllByRole("option").map((lane) => lane.getAttribute("aria-label") ?? "");
export const laneOf = (name: string) => lanes().find((lane) => lane.startsWith(name));
export const names = () => lanes().map((label) => label.split(",")[0]);
export const groups = () =>
  [...screen.getByRole("listbox").querySelectorAll("[role=presentation]")].map(
    (group) => group.textContent,
  );

/** The page's query once it is written to the address. */
export async function address(): Promise<string> {
  await pass(400);
  return decodeURIComponent(window.location.search);
}

/** Before each test: stops time at `NOW`, and simulates a wide screen. */
export function settle(): void {
  vi.useFakeTimers({ now: NOW });
  const listen = { addEventListener: vi.fn(), removeEventListener: vi.fn() };
  vi.stubGlobal("matchMedia", () => ({ matches: false, ...listen }));
}

export function unsettle(): void {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
}
