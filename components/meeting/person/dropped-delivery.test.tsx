import { fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { MeetingScreen } from "#components/meeting/meeting-screen.tsx";
// What it loads when somebody is looked at is here already.
import "#components/meeting/person/delivery-dialog.tsx";
import { factsOf, liveSnapshotOf, NOW, recorded } from "#components/testing/facts.ts";
import { pass, renderLive, until } from "#components/testing/render-live.tsx";
import type { DeliverySummary } from "#domain/event/delivery.ts";
import { joins, leaves, minutes } from "#domain/testing/history.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  // There is room beside the timeline.
  const listen = { addEventListener: vi.fn(), removeEventListener: vi.fn() };
  vi.stubGlobal("matchMedia", () => ({ matches: false, ...listen }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const DROPPED = "2025100000000007";
const KEPT = "2026110000000042";

const SUMMARY: DeliverySummary = {
  id: KEPT,
  source: { id: "s1", provider: "daily", name: "Clinic" },
  type: "participant.left",
  room: "algebra",
  status: "recorded",
  reason: null,
  received_at: "2025-11-20T10:30:00.000Z",
  reconciled: false,
  ...{ repeats: 2, kept_ms: 3, projected_at: null, waits: null, events: 1, happened_at: null },
  ...{ meeting: null, person: null, people: 1 },
};

/** A server that has dropped October 2025. */
function serverWithoutOctober(): void {
  vi.stubGlobal("fetch", async (path: string) => {
    if (path.includes("?")) {
      return Response.json({ next: null, previous: null, results: [SUMMARY] });
    }
    const error = { code: "dropped", message: "The deliveries of 2025-10 were dropped." };
    return Response.json({ error }, { status: path.endsWith(DROPPED) ? 410 : 404 });
  });
}

it("says in plain words that a report's delivery is no longer stored, and what still counts", async () => {
  serverWithoutOctober();
  const lines = recorded(minutes(["10:00", joins("Ada")], ["10:30", leaves("Ada")]));
  const events = lines.map((event, n) => ({ ...event, delivery_id: n === 0 ? DROPPED : KEPT }));
  const facts = factsOf([], { events, seq: 2 });
  const { server } = await renderLive(
    <MeetingScreen facts={facts} />,
    liveSnapshotOf(),
    "/meetings/m1",
  );
  server.meetings.set("m1", events);
  fireEvent.click(screen.getByRole("option", { name: /^Ada/ }));
  await pass(0);
  const panel = screen.getByRole("region", { name: "Person" });
  expect(panel.textContent).toContain("Why 30:00?");
  await until(() =>
    expect(panel.textContent).toContain(
      "2 events · 2 repeated deliveries ignored, 1 delivery is no longer kept",
    ),
  );
  fireEvent.click(
    within(panel).getByRole("button", { name: /^joined .*show what was delivered$/ }),
  );
  await until(() =>
    expect(screen.getByRole("dialog", { name: /^joined/ }).textContent).toContain(
      "This delivery is no longer kept: those of October 2025 were dropped. What it reported is still counted.",
    ),
  );
});
