import { act, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { UndoNotice } from "#components/operator/undo-notice.tsx";
import { at, liveSnapshotOf, NOW, summaryOf } from "#components/testing/facts.ts";
import { pass, renderLive } from "#components/testing/render-live.tsx";
import type { OpenedScheduled } from "#domain/scheduled/pages.ts";
import { roster, seen } from "#domain/testing/expected.ts";
import { ScheduledScreen } from "./scheduled-screen.tsx";

const MINUTE = 60_000;
beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

const clinic = { id: "s1", provider: "daily", name: "Clinic" };

/** A lesson that began four minutes ago, with Ada in since then. */
function lesson(): OpenedScheduled {
  const times = {
    startsAt: NOW - 4 * MINUTE,
    endsAt: NOW + 56 * MINUTE,
    lateAfterMs: 5 * MINUTE,
    verdictAfterMs: 5 * MINUTE,
  };
  const ada = seen("Ada", {});
  return {
    scheduled: {
      id: "e1",
      source: clinic,
      room: "algebra",
      roomTitle: null,
      title: "Algebra",
      ...times,
      timeZone: "UTC",
      classList: null,
      repeats: null,
      by: "Mia",
      changedAt: NOW,
      erasedAt: null,
      cancelledAt: null,
      isFromCalendar: false,
    },
    facts: {
      times,
      roster: roster("Dr Wu*", "Ada", "Bo"),
      aliases: [],
      seen: [
        {
          ...ada,
          visits: [{ joinedAt: NOW - 4 * MINUTE, leftAt: null, start: "reported", end: null }],
        },
      ],
      graceMs: 30_000,
    },
    heard: { m1: 3 },
    asOf: NOW,
  };
}

const row = (name: string) => screen.getByRole("row", { name: new RegExp(name) });
const verdict = () => screen.getByRole("region", { name: "At the start" }).textContent;

it("shows who is late, and the verdict, when the clock reaches it", async () => {
  await renderLive(<ScheduledScreen opened={lesson()} />, liveSnapshotOf(), "/expected/e1");
  expect(row("Bo").textContent).toContain("Expected");
  expect(row("Ada").textContent).toContain("4:00");
  expect(verdict()).toContain("Rollcall checks at");
  await pass(61_000);
  expect(row("Bo").textContent).toContain("Late");
  expect(row("Ada").textContent).toContain("Present");
  expect(row("Ada").textContent).toContain("5:01");
  expect(verdict()).toContain("Only guest");
  await pass(56 * MINUTE);
  expect(row("Bo").textContent).toContain("Absent");
});

it("reads the page again for new events of its room, once for each, and not for other rooms", async () => {
  const summary = summaryOf({ id: "m1", source: clinic, room: "algebra", seq: 3 });
  const { server, router } = await renderLive(
    <ScheduledScreen opened={lesson()} />,
    liveSnapshotOf({ meetings: [summary] }),
    "/expected/e1",
  );
  await pass(1000);
  expect(router.refresh).not.toHaveBeenCalled();
  const push = (given: Parameters<typeof summaryOf>[0]) =>
    act(() =>
      server.push["floor:changed"]({
        as_of: at("10:42:20"),
        summaries: [summaryOf({ source: clinic, ...given })],
        happened: [],
        today: null,
      }),
    );
  push({ id: "m7", room: "biology", seq: 9 });
  await pass(1000);
  expect(router.refresh).not.toHaveBeenCalled();
  push({ id: "m1", room: "algebra", seq: 4 });
  push({ id: "m1", room: "algebra", seq: 5 });
  await pass(1000);
  expect(router.refresh).toHaveBeenCalledTimes(1);
  await pass(5000);
  expect(router.refresh).toHaveBeenCalledTimes(1);
});

it("shows only the people of one standing, and all of them again", async () => {
  await renderLive(<ScheduledScreen opened={lesson()} />, liveSnapshotOf(), "/expected/e1");
  const present = within(screen.getByRole("list", { name: "Status" })).getByRole("button", {
    name: /^Present/,
  });
  fireEvent.click(present);
  expect(present.getAttribute("aria-pressed")).toBe("true");
  expect(screen.queryByRole("row", { name: /Bo/ })).toBeNull();
  expect(row("Ada")).toBeTruthy();
  fireEvent.click(present);
  expect(row("Bo")).toBeTruthy();
});

it("a weekly meeting is left out in the zone of the link, and brought back at once", async () => {
  const sent: string[] = [];
  vi.stubGlobal("fetch", async (path: string, { method, body }: RequestInit) => {
    sent.push(`${method} ${path} ${body}`);
    return Response.json({ id: "e1", withdrawn: true, undoable: true, by: "Emmy" });
  });
  const { scheduled, ...opened } = lesson();
  const repeats = {
    weekdays: [5],
    lastDay: null,
    id: "p1",
    day: "2026-11-20",
    changedAlone: false,
  };
  const { router } = await renderLive(
    <>
      <ScheduledScreen opened={{ ...opened, scheduled: { ...scheduled, repeats } }} />
      <UndoNotice />
    </>,
    liveSnapshotOf(),
    "/expected/e1?tz=Asia/Tokyo",
  );
  fireEvent.click(screen.getByRole("button", { name: "Remove" }));
  await pass(0);
  fireEvent.click(screen.getByRole("button", { name: "Remove only this one" }));
  await pass(0);
  expect(router.push.mock.calls).toEqual([["/expected?tz=Asia%2FTokyo"]]);
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  await pass(0);
  expect(sent).toEqual([
    'DELETE /api/v1/scheduled-meetings/e1 {"by":"","following":false}',
    "DELETE /api/v1/scheduled-meetings/e1/withdrawal {}",
  ]);
  expect(router.refresh).toHaveBeenCalled();
  expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
  vi.unstubAllGlobals();
});

it("says why nobody is absent from what was cancelled, or that no bot was sent to", async () => {
  const { scheduled, facts, ...opened } = lesson();
  const taken = { ...scheduled, isFromCalendar: true };
  const unwatched = { ...facts, seen: [], knownUntil: scheduled.startsAt - 1 };
  await renderLive(
    <ScheduledScreen opened={{ ...opened, scheduled: taken, facts: unwatched }} />,
    liveSnapshotOf(),
    "/expected/e1",
  );
  expect(screen.getByText(/No bot was in this meeting/)).toBeTruthy();
  expect(screen.getByText(/follows its calendar/)).toBeTruthy();
  expect(row("Bo").textContent).toContain("Expected");
  await pass(10 * MINUTE);
  expect(row("Bo").textContent).toContain("Expected");
  expect(verdict()).toContain("It is not known how it stood then.");
  await renderLive(
    <ScheduledScreen
      opened={{ ...opened, scheduled: { ...taken, cancelledAt: NOW - MINUTE }, facts: unwatched }}
    />,
    liveSnapshotOf(),
    "/expected/e1",
  );
  expect(screen.getByText(/Its calendar cancelled it on/)).toBeTruthy();
});
