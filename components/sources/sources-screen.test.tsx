import { screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { liveSnapshotOf, NOW } from "#components/testing/facts.ts";
import { pass, renderLive } from "#components/testing/render-live.tsx";
import type { SourceShown } from "#domain/sources/sources.ts";
import { SourcesScreen } from "./sources-screen.tsx";
import { shownSource } from "./testing/shown-source.ts";

const removal = (done: number): SourceShown["removal"] => ({ state: "running", done, total: 400 });

/** As the server answers of a source, in so far as the page looks at it. */
const answered = ({ id, name, provider, untold, removal }: SourceShown) => ({
  ...{ id, provider, name, webhook_path: `/api/webhooks/daily/${id}`, meetings: "by_gap" },
  ...{
    empty_gap_ms: 120_000,
    grace_ms: 30_000,
    note_takers: [],
    room_titles: [],
    joins_bots: false,
    takes_calendar: false,
  },
  ...{ keep_deliveries_months: null, keep_people_days: null, expired: null },
  ...{ created_at: "2026-11-20T10:00:00.000Z", paused_at: null, last_heard_at: null },
  ...{ silence: { state: "unheard", usual_ms: null, allowed_ms: null, weeks: 0 } },
  ...{ untold, removal, refused: null },
});

let results: object[];
beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  results = [];
  vi.stubGlobal("fetch", async () => Response.json({ results }));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const progress = (name: string) =>
  screen.queryByRole("progressbar", { name })?.getAttribute("aria-valuenow");

test("a source that is being deleted shows how far that is, and the page is read again when it is gone", async () => {
  const clinic = shownSource("clinic", "Clinic", { untold: null, removal: removal(40) });
  const begun = { done: 1, total: 10, stopped: false };
  const school = shownSource("school", "School", { untold: begun, removal: null });
  results = [clinic, school].map(answered);
  const { router } = await renderLive(
    <SourcesScreen opened={[clinic, school]} />,
    liveSnapshotOf(),
  );
  await pass(50);
  expect(progress("Deleting Clinic")).toBe("10");
  results = [
    answered({ ...clinic, removal: removal(300) }),
    answered({ ...school, untold: { ...begun, done: 5 } }),
  ];
  await pass(1_050);
  expect(progress("Deleting Clinic")).toBe("75");
  expect(progress("Recalculating School")).toBe("50");
  // The source is gone before the other one is done: its card still says what became of it.
  results = [answered({ ...school, untold: { ...begun, done: 9 } })];
  await pass(1_050);
  expect(progress("Deleting Clinic")).toBe("10");
  expect(progress("Recalculating School")).toBe("90");
  expect(router.refresh).not.toHaveBeenCalled();
  results = [answered({ ...school, untold: null })];
  await pass(1_050);
  expect(progress("Recalculating School")).toBeUndefined();
  expect(router.refresh).toHaveBeenCalledTimes(1);
});
