import { screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { liveSnapshotOf, NOW } from "#components/testing/facts.ts";
import { renderLive } from "#components/testing/render-live.tsx";
import {
  type StatedMeetingFacts,
  stateFacts,
  stateMeeting,
} from "#domain/people/statements/facts.ts";
import { clock } from "#domain/testing/history.ts";
import { StatementScreen } from "./statement-screen.tsx";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

const algebra: StatedMeetingFacts = {
  id: "m1",
  provider: "daily",
  source: "School",
  isDemo: false,
  room: "algebra",
  title: null,
  startedAt: clock("10:00"),
  endedAt: clock("11:00"),
  endedBy: "provider",
  graceMs: 30_000,
};

const ada = {
  name: "Ada",
  userId: "ada-1",
  participantIds: ["laptop"],
  firstJoinedAt: clock("10:05"),
  lastLeftAt: clock("10:35"),
  attendedMs: 1_800_000,
  visits: [],
  waits: [],
  tenures: [],
};

/** A statement of Ada, at so many meetings: the first of them, or all with her, are of a demonstration. */
async function stated({ demo = "nothing", meetings = 2, userId = "ada-1" } = {}) {
  const all = Array.from({ length: meetings }, (_, index) =>
    stateMeeting(
      { ...algebra, id: `m${index}`, isDemo: demo === "all" || (demo === "some" && index === 0) },
      ada,
    ),
  );
  const whom = { id: "p1", name: "Ada", userId, isDemo: demo === "all" };
  const page = {
    id: "s1",
    hash: "0".repeat(64),
    facts: stateFacts(whom, all, {
      first_day: "2026-11-20",
      last_day: "2026-11-20",
      time_zone: "UTC",
    }),
    madeAt: NOW,
    madeBy: "The office",
    erasedAt: null,
    url: "http://localhost/statements/s1",
    isPublished: true,
    timeZone: "UTC",
    isCompared: false,
    verdict: "unaltered",
    altered: [],
    corrected: [],
  } as const;
  await renderLive(<StatementScreen page={page} above={null} />, liveSnapshotOf({ meetings: [] }));
  return within(screen.getByRole("article"));
}

describe("a printed statement", () => {
  it.each([2, 5])(
    "warns that one of invented people proves nothing, of %i meetings",
    async (meetings) => {
      const paper = await stated({ demo: "all", meetings });
      expect(paper.getByRole("note").textContent).toMatch(/^Demonstration.*Nobody here is real/);
      expect(paper.getAllByText("demo")).toHaveLength(meetings);
      expect(document.title).toContain("Ada (demonstration)");
    },
  );

  it("shows which of its meetings did not take place", async () => {
    const paper = await stated({ demo: "some" });
    expect(paper.getByRole("note").textContent).toMatch(/^Demonstration.*marked as demo/);
    expect(paper.getAllByText("demo")).toHaveLength(1);
  });

  it.each([
    ["ada-1", "known by user id ada-1"],
    ["ada@x.de", "known by e-mail ada@x.de"],
  ])("calls %s what it is", async (userId, words) => {
    const paper = await stated({ userId });
    expect(paper.getByText(words)).toBeDefined();
  });

  it("has no warning where all is real", async () => {
    const paper = await stated();
    expect(paper.queryByRole("note")).toBeNull();
    expect(paper.queryByText("demo")).toBeNull();
  });
});
