import { fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { liveSnapshotOf, NOW } from "#components/testing/facts.ts";
import { renderLive } from "#components/testing/render-live.tsx";
import type { CalendarOffer, Offers } from "#domain/scheduled/calendar/calendar-event.ts";
import { OffersCard } from "./offers-card.tsx";

const source = { id: "s1", provider: "attendee", name: "Clinic" };
const offer = (id: string, about: Partial<CalendarOffer> = {}): CalendarOffer => ({
  ...{ id, source, name: `Round ${id}`, place: "meet.example/round", isCancelled: false },
  ...{ startsAt: NOW + 3_600_000, endsAt: NOW + 7_200_000 },
  invited: [{ name: "Dr Wu", email: null, role: "host" }],
  ...{ state: "offered", scheduledId: null, leftOutBy: null },
  ...about,
});
const offersOf = (about: Partial<Offers>): Offers => ({
  ...{ offered: [], offeredTotal: 0, leftOut: [] },
  calendars: [{ source, takesAll: false, readAt: NOW - 60_000, problem: null }],
  ...about,
});
const show = (offers: Offers) =>
  renderLive(<OffersCard offers={offers} timeZone="UTC" />, liveSnapshotOf(), "/expected");

let asked: [path: string, body: unknown][];
beforeEach(() => {
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true });
  asked = [];
  vi.stubGlobal("fetch", async (path: string, { body }: { body: string }) => {
    asked.push([path, JSON.parse(body)]);
    return Response.json({});
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("takes all that is offered, leaves one out, and offers again what was left out", async () => {
  const leftOut = [offer("c", { state: "left_out", leftOutBy: "Mia" })];
  await show(offersOf({ offered: [offer("a"), offer("b")], offeredTotal: 2, leftOut }));
  expect(screen.getByText(/left out by Mia/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Expect all" }));
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]).toEqual(["/api/v1/calendar-events/take", { ids: ["a", "b"] }]);
  const [leave] = screen.getAllByRole("button", { name: /Leave out/ });
  if (leave !== undefined) fireEvent.click(leave);
  await waitFor(() => expect(asked).toHaveLength(2));
  expect(asked[1]).toEqual(["/api/v1/calendar-events/leave-out", { ids: ["a"] }]);
});

it("has what is new expected by itself, and says why a calendar could not be read", async () => {
  const calendars = [{ source, takesAll: false, readAt: NOW, problem: "refused" as const }];
  await show(offersOf({ calendars }));
  expect(screen.getByText(/and since then it/)).toBeTruthy();
  expect(screen.getByText("nothing new")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: /Expect what is new by itself/ }));
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]).toEqual(["/api/v1/sources/s1", { takes_calendar: true }]);
});

it("is nothing where no calendar has anything", async () => {
  await show(offersOf({ calendars: [] }));
  expect(screen.queryByText("From calendars")).toBeNull();
});
