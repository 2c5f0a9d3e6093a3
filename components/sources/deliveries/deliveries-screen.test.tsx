import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { liveSnapshotOf, NOW } from "#components/testing/facts.ts";
import { renderLive } from "#components/testing/render-live.tsx";
import type { DeliverySummary } from "#domain/event/delivery.ts";
import type { DeliveriesPage } from "#domain/sources/deliveries/deliveries-page.ts";
import { DeliveriesScreen } from "./deliveries-screen.tsx";

const START = 2_026_110_000_000_000;

function delivery(number: number, about: Partial<DeliverySummary> = {}): DeliverySummary {
  const at = new Date(NOW - 100_000 + number * 1_000).toISOString();
  return {
    ...{ id: String(START + number), type: `type.${number}`, room: "algebra", status: "recorded" },
    source: { id: "s1", provider: "daily", name: "Clinic" },
    ...{ reason: null, received_at: at, repeats: 0, kept_ms: 4, projected_at: at, waits: null },
    reconciled: false,
    ...{ events: 1, happened_at: at, meeting: { id: "m1", title: "Algebra" } },
    ...{ person: { id: "p1", name: "Ada" }, people: 1 },
    ...about,
  };
}

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => delivery(to - index));

function pageOf(about: Partial<DeliveriesPage> = {}): DeliveriesPage {
  return {
    ...{ rows: range(1, 3), next: null, previous: null, total: 3, asOf: NOW, today: "2026-11-20" },
    period: {
      ...{ firstDay: "2026-10-24", lastDay: "2026-11-20", timeZone: "UTC" },
      ...{ from: NOW - 28 * 86_400_000, to: NOW + 86_400_000 },
    },
    narrowed: { source: null, room: null, type: null, status: null, person: null },
    choices: { sources: [], rooms: [], gone: [] },
    ...{ refused: [], unreadable: 0 },
    ...about,
  };
}

let newest: DeliverySummary[];
let asked: string[];
beforeEach(() => {
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true });
  newest = range(1, 3);
  asked = [];
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    return Response.json({ next: null, previous: null, results: newest });
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const later = () => act(() => vi.advanceTimersByTimeAsync(2_100));
const types = () =>
  screen
    .getAllByRole("row")
    .slice(1)
    .map((row) => within(row).getByText(/^type\./).textContent);

it("shows what is new at the top, and asks with the filters of the page", async () => {
  await renderLive(
    <DeliveriesScreen page={pageOf({ narrowed: { ...pageOf().narrowed, type: "x" } })} />,
    liveSnapshotOf(),
    "/deliveries?type=x",
  );
  expect(types()).toEqual(["type.3", "type.2", "type.1"]);
  newest = range(1, 5);
  await later();
  // What reads an answer is loaded with the first of them.
  await waitFor(() => expect(types()[0]).toBe("type.5"));
  expect(asked.at(-1)).toMatch(/^\/api\/v1\/deliveries\?from=.*type=x.*limit=50$/);
});

it("leaves chosen rows where they are, with how many are new, each as it is now", async () => {
  await renderLive(<DeliveriesScreen page={pageOf()} />, liveSnapshotOf(), "/deliveries");
  const [, box] = screen.getAllByRole("checkbox");
  if (box !== undefined) fireEvent.click(box);
  newest = [...range(4, 5), delivery(3, { repeats: 2 }), ...range(1, 2)];
  await later();
  expect(types()).toEqual(["type.3", "type.2", "type.1"]);
  expect(screen.getByText("came 3 times")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "2 new" }));
  expect(types()).toEqual(["type.5", "type.4", "type.3", "type.2", "type.1"]);
  expect(screen.queryByRole("button", { name: "2 new" })).toBeNull();
});

it("asks for nothing new where the days are over", async () => {
  const { period } = pageOf();
  const over = pageOf({ period: { ...period, lastDay: "2026-11-19" } });
  await renderLive(<DeliveriesScreen page={over} />, liveSnapshotOf(), "/deliveries");
  await later();
  expect(asked).toEqual([]);
});

it("says why there are none, and why something was not recorded", async () => {
  await renderLive(
    <DeliveriesScreen
      page={pageOf({
        rows: [
          delivery(3, { status: "unreadable", reason: "body is not JSON", events: 0 }),
          delivery(2, { status: "ignored", events: 0, type: "type.2" }),
          delivery(1, { waits: "stopped" }),
        ],
        period: { ...pageOf().period, lastDay: "2026-11-19" },
      })}
    />,
    liveSnapshotOf(),
    "/deliveries",
  );
  expect(screen.getByText("body is not JSON")).toBeTruthy();
  expect(screen.getByText("type.2 tells nothing of attendance")).toBeTruthy();
  expect(screen.getByText(/cannot be read, so nothing of that room is projected/)).toBeTruthy();
});
