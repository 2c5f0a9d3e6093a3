import { act, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { at, liveSnapshotOf, NOW, summaryOf } from "#components/testing/facts.ts";
import { pass, renderLive } from "#components/testing/render-live.tsx";
import { livePositionOf, liveTotalsOf } from "#domain/live/live-position.ts";
import { wireClaim } from "#domain/waits/handling-wire.ts";
import { LiveScreen } from "./live-screen.tsx";

const UNCLAIMED = wireClaim([], { endedAt: null }, 0);

const osei = summaryOf({
  id: "osei",
  title: "Dr. Osei · drop-in",
  room: "clinic-osei",
  status: "waiting",
  started_at: at("10:05"),
  present_count: 0,
  waiting_count: 2,
  hosts: [],
  hostless_since: at("10:38"),
  waiting: [
    {
      id: "wait of c:amira",
      person_id: "c:amira",
      name: "Amira Costa",
      started_at: at("10:36"),
      returned: 0,
      ...UNCLAIMED,
    },
    {
      id: "wait of c:tom",
      person_id: "c:tom",
      name: "Tom Becker",
      started_at: at("10:38:30"),
      returned: 1,
      ...UNCLAIMED,
    },
  ],
});
const algebra = summaryOf({
  id: "algebra",
  present_count: 31,
  hosts: [
    { person_id: "c:r", name: "R. Lindqvist" },
    { person_id: "c:s", name: "A. Sato" },
  ],
});
const intake = summaryOf({
  id: "intake",
  title: null,
  room: "intake-3",
  started_at: at("09:30"),
  present_count: 3,
  waiting_count: 1,
  waiting: [
    {
      id: "wait of c:x",
      person_id: "c:x",
      name: null,
      started_at: at("10:41:05"),
      returned: 0,
      ...UNCLAIMED,
    },
  ],
});

const live = liveSnapshotOf({
  meetings: [algebra, intake, osei],
  happened: [
    {
      id: "algebra:9",
      meeting_id: "algebra",
      meeting: "Algebra II, group B",
      at: at("10:42:07"),
      person_id: "c:nina",
      name: "Nina Alvarez",
      what: { kind: "joined" },
    },
  ],
});

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the live screen", () => {
  it("opens with the server's snapshot, and counts it in the title", async () => {
    await renderLive(<LiveScreen />, live);
    expect(screen.getByRole("heading", { level: 1, name: "Live" })).toBeDefined();
    expect(document.title).toBe("(3 waiting) Live · Rollcall");
    expect(screen.getByText("Friday 20 November, 10:42 · UTC")).toBeDefined();
  });

  it("shows the five numbers of the live page", async () => {
    await renderLive(<LiveScreen />, live);
    const read = (label: string) => screen.getByText(label).closest("div")?.textContent;
    expect(read("In meetings now")).toContain("34across 3 meetings");
    expect(read("Waiting now")).toContain("3longest 6:10");
    expect(read("Admitted within 2 min")).toContain("91.4%117 of 128 today");
    expect(read("Left before admitted")).toContain("129% of 133 · 3 came back");
    expect(read("Without a host")).toContain("12 people waiting there");
  });

  it("lists the meetings, the longest wait first, then the longest running", async () => {
    await renderLive(<LiveScreen />, live);
    const region = screen.getByRole("region", { name: "Meetings in progress" });
    const links = within(region).getAllByRole("link");
    expect(links.map((link) => link.textContent)).toEqual([
      "Dr. Osei · drop-in",
      "intake-3",
      "Algebra II, group B",
    ]);
    expect(links[0]?.getAttribute("href")).toBe("/meetings/osei");
    expect(region.textContent).toContain("no host for 4:10");
    expect(region.textContent).toContain("R. Lindqvist+1");
  });

  it("shows who waits over all rooms, longest first, and how urgent it is in words", async () => {
    await renderLive(<LiveScreen />, live);
    const room = screen.getByRole("region", { name: "Waiting room" });
    const rows = within(room).getAllByRole("listitem");
    expect(rows.map((row) => row.textContent)).toEqual([
      expect.stringContaining("Amira Costa"),
      expect.stringContaining("Tom Becker"),
      expect.stringContaining("Unnamed guest"),
    ]);
    expect(rows[0]?.textContent).toContain("waiting for over 5 minutes");
    expect(rows[0]?.textContent).toContain("no host yet");
    expect(rows[1]?.textContent).toContain("knocked again");
    expect(rows[2]?.textContent).toContain("1:05");
  });

  it("changes with each push", async () => {
    const { server } = await renderLive(<LiveScreen />, live);
    act(() =>
      server.push["floor:changed"]({
        summaries: [{ ...algebra, seq: 2, present_count: 32 }],
        happened: [
          {
            id: "algebra:10",
            meeting_id: "algebra",
            meeting: "Algebra II, group B",
            at: at("10:42:10"),
            person_id: "c:wei",
            name: "Wei Zhang",
            what: { kind: "admitted", waited_ms: 72_000 },
          },
        ],
        today: null,
        as_of: at("10:42:11"),
      }),
    );
    await pass(0);
    const feed = screen.getByRole("region", { name: "Just happened" });
    const lines = within(feed).getAllByRole("listitem");
    expect(lines[0]?.textContent).toBe(
      "10:42:10Wei Zhang admitted after 1:12 · Algebra II, group B",
    );
    expect(lines[1]?.textContent).toBe("10:42:07Nina Alvarez joined Algebra II, group B");
    expect(screen.getByText("In meetings now").closest("div")?.textContent).toContain("35");
  });

  it("lets waits run on between pushes", async () => {
    await renderLive(<LiveScreen />, live);
    await pass(3000);
    expect(screen.getByText("Waiting now").closest("div")?.textContent).toContain("longest 6:13");
  });

  it("says how many meetings are shown where there are more, counts all, and shows more on demand", async () => {
    const rows = Array.from({ length: 50 }, (_, n) =>
      summaryOf({ id: `r${n}`, title: `Room ${n}`, started_at: at(`09:${10 + n}`) }),
    );
    const first = [osei, ...rows.slice(0, 49)];
    const last = first.at(-1) ?? osei;
    const totals = { ...liveTotalsOf(first), meetings: 20_000, present: 61_234, waiting: 71 };
    const { server } = await renderLive(
      <LiveScreen />,
      liveSnapshotOf({ meetings: first, totals, frontier: livePositionOf(last) }),
    );
    const region = screen.getByRole("region", { name: "Meetings in progress" });
    expect(region.textContent).toContain("50 of 20\u202f000 shown");
    expect(screen.getByText("In meetings now").closest("div")?.textContent).toContain(
      "61\u202f234",
    );
    expect(document.title).toBe("(71 waiting) Live · Rollcall");
    const room = screen.getByRole("region", { name: "Waiting room" });
    expect(room.textContent).toContain("and 69 more who wait for less time");

    fireEvent.change(screen.getByRole("searchbox"), { target: { value: "nowhere" } });
    await pass(0);
    expect(region.textContent).toContain("None of the meetings shown match “nowhere”");
    const link = within(region).getByRole("link", { name: "Search all meetings" });
    expect(link.getAttribute("href")).toBe("/meetings?q=nowhere");
    fireEvent.change(screen.getByRole("searchbox"), { target: { value: "" } });
    await pass(0);

    server.floor = liveSnapshotOf({
      as_of: at("10:42:12"),
      meetings: [...first, ...rows.slice(49)],
    });
    fireEvent.click(screen.getByRole("button", { name: "Show more" }));
    await pass(0);
    expect(server.wanted.at(-1)).toBe(100);
    expect(region.textContent).not.toContain("shown");
  });

  it("keeps a meeting that has just ended, dimmed, until its gap is over", async () => {
    const ended = summaryOf({ id: "e", title: "Budget", status: "ended", ended_at: at("10:42") });
    await renderLive(<LiveScreen />, { ...live, meetings: [ended, algebra] });
    const region = screen.getByRole("region", { name: "Meetings in progress" });
    expect(region.textContent).toContain("just ended");
    await pass(130_000);
    expect(region.textContent).not.toContain("Budget");
  });

  it("says that all is quiet, and how to begin where there was never an event", async () => {
    const { unmount } = await renderLive(<LiveScreen />, liveSnapshotOf());
    expect(screen.getByText("All quiet")).toBeDefined();
    unmount();
    await renderLive(<LiveScreen />, liveSnapshotOf({ sources: 0, last_event_at: null }));
    expect(screen.getByRole("region", { name: "Getting started" })).toBeDefined();
    expect(screen.getByText("npm run rollcall -- simulate")).toBeDefined();
    expect(screen.getByText("npm run rollcall -- demo remove --yes")).toBeDefined();
  });
});
