import { act, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MeetingView } from "#components/meeting/meeting-view.tsx";
import { factsOf, floorOf, NOW, recorded } from "#components/testing/facts.ts";
import { pass, renderLive } from "#components/testing/render-live.tsx";
import { joins, knocks, leaves, minutes, stopsWaiting } from "#domain/testing/history.ts";

const EVENTS = minutes(
  ["10:00", joins("Host", { host: true })],
  ["10:20", knocks("Kofi", { session: "k" })],
  ["10:25", stopsWaiting("Kofi", { session: "k" })],
  ["10:30", joins("Ada")],
);

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  const listen = { addEventListener: vi.fn(), removeEventListener: vi.fn() };
  vi.stubGlobal("matchMedia", () => ({ matches: false, ...listen }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function open() {
  const facts = factsOf(EVENTS);
  const view = await renderLive(<MeetingView facts={facts} />, floorOf(), "/meetings/m1");
  view.server.meetings.set("m1", [...facts.events]);
  await pass(8_000);
  const say = async (...lines: Parameters<typeof minutes>) => {
    const known = view.server.meetings.get("m1") ?? [];
    const news = recorded(minutes(...lines), known.length);
    view.server.meetings.set("m1", [...known, ...news]);
    act(() => view.server.pushEvents("m1", news));
    await pass(10);
  };
  return { ...view, say };
}

const note = () => screen.getByRole("status", { name: "Corrections" });

describe("a late correction", () => {
  it("is said quietly, leads to its person, and grows old", async () => {
    const { say } = await open();
    expect(note().textContent).toBe("");
    await say(
      ["10:25:02", joins("Kofi", { session: "k" })],
      ["10:26", leaves("Kofi", { session: "k", joinedAt: "10:25:02" })],
    );
    expect(note().textContent).toBe(
      "corrected 0 s ago: Kofi, shown as lost, was admitted after all",
    );
    await pass(8_000);
    expect(note().textContent).toContain("corrected 8 s ago");
    fireEvent.click(within(note()).getByRole("button", { name: "Kofi" }));
    await pass(300);
    expect(screen.getByRole("option", { name: /^Kofi/ }).getAttribute("aria-selected")).toBe(
      "true",
    );
    await pass(180_000);
    expect(note().textContent).toBe("");
  });

  it("is one of several behind the newest, and goes when it is dismissed", async () => {
    const { say } = await open();
    await say(["10:25:02", joins("Kofi", { session: "k" })]);
    await pass(6_000);
    await say(["10:35", leaves("Ada")]);
    expect(note().textContent).toContain("Ada attended");
    fireEvent.click(within(note()).getByRole("button", { name: "2 more" }));
    expect(note().textContent).toContain("was admitted after all");
    fireEvent.click(within(note()).getByRole("button", { name: "Dismiss corrections" }));
    expect(note().textContent).toBe("");
  });

  it("is not what happens now, nor another grace", async () => {
    const { say } = await open();
    await say(["10:42:15", joins("Bo")], ["10:42:16", knocks("Cy")]);
    expect(note().textContent).toBe("");
  });
});

describe("an erased meeting", () => {
  it("shows what is left of it, when and why, and nobody", async () => {
    const erased = {
      at: "2026-11-20T12:00:00.000Z",
      reason: "data_deleted",
      started_at: "2026-11-20T10:00:00.000Z",
      ended_at: "2026-11-20T10:40:00.000Z",
      people_count: 12,
      left_before_admitted_count: 2,
      peak: { count: 9, at: "2026-11-20T10:14:00.000Z" },
    };
    const facts = factsOf(
      [{ type: "data_deleted", at: Date.parse(erased.at), reason: erased.reason }],
      { erased },
    );
    await renderLive(<MeetingView facts={facts} />, floorOf(), "/meetings/m1");
    const numbers = screen.getByLabelText("What is left of this meeting");
    expect(within(numbers).getByText("People").closest("div")?.textContent).toContain("12");
    expect(within(numbers).getByText("Peak").closest("div")?.textContent).toContain("9at 10:14");
    expect(within(numbers).getByText("Length").closest("div")?.textContent).toContain("40:00");
    expect(screen.getByLabelText("Erased").textContent).toContain(
      "Who was here was erased on Friday 20 November, 12:00.",
    );
    expect(screen.queryByRole("listbox")).toBeNull();
    expect(screen.getByText("Ended after 40:00")).toBeDefined();
  });
});
