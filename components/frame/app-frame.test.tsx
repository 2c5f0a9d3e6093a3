import { fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { at, liveSnapshotOf, NOW, summaryOf } from "#components/testing/facts.ts";
import { pass, renderLive } from "#components/testing/render-live.tsx";
import { AppFrame } from "./app-frame.tsx";
import { SCREENS } from "./main-nav.tsx";

const live = liveSnapshotOf({
  meetings: [
    summaryOf({ present_count: 31, waiting_count: 2 }),
    summaryOf({ id: "m2", title: "Intake" }),
  ],
});
const frame = <AppFrame>What is shown</AppFrame>;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
  localStorage.clear();
  delete document.documentElement.dataset["theme"];
});

describe("the frame", () => {
  it("leads to the live page and to every meeting in progress", async () => {
    await renderLive(frame, live, "/meetings/m2");
    const nav = screen.getByRole("navigation", { name: "Main" });
    const links = within(nav).getAllByRole("link");
    expect(SCREENS.length).toBeGreaterThan(6);
    expect(links.map((link) => link.getAttribute("href"))).toEqual([
      "/",
      ...SCREENS.map(({ href }) => href),
      "/meetings/m1",
      "/meetings/m2",
    ]);
    expect(links[0]?.textContent).toContain("2 meetings");
    expect(links.at(-2)?.textContent).toContain("2 waiting");
    const here = links.filter((link) => link.getAttribute("aria-current") !== null);
    expect(here).toEqual(links.slice(-1));
    expect(here[0]?.getAttribute("aria-current")).toBe("page");
  });

  it("marks the screen under which an ended meeting is found", async () => {
    await renderLive(frame, live, "/meetings/m9");
    const link = screen.getByRole("link", { name: "Meetings" });
    expect(link.getAttribute("aria-current")).toBe("true");
  });

  it("has its navigation behind a button where there is no room for it", async () => {
    await renderLive(frame, live);
    fireEvent.click(screen.getByRole("button", { name: "Menu" }));
    await pass(0);
    const menu = screen.getByRole("dialog", { name: "Rollcall" });
    expect(within(menu).getByRole("link", { name: "Meetings" }).getAttribute("href")).toBe(
      "/meetings",
    );
    fireEvent.click(within(menu).getByRole("button", { name: "Close" }));
    await pass(500);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("shows how fresh it is: live, reconnecting, stale, and live again", async () => {
    const { server } = await renderLive(frame, live);
    const badge = screen.getByRole("status");
    expect(badge.textContent).toBe("Live · last event 2 s ago");
    await pass(60_000);
    expect(badge.textContent).toBe("Live · last event 1 min ago");
    server.drop();
    await pass(1000);
    expect(badge.textContent, "perhaps back within a blink").toContain("Live");
    await pass(1000);
    expect(badge.textContent).toBe("Reconnecting · as of 10:43:10");
    await pass(15_000);
    expect(badge.textContent).toContain("Stale · as of 10:43:10");
    expect(screen.getByText(/No connection to the server since 10:43:10/)).toBeDefined();
    server.connect();
    await pass(0);
    expect(badge.textContent).toContain("Live");
  });

  it("counts the age of the last event from each push", async () => {
    const { server } = await renderLive(frame, live);
    server.push["floor:changed"]({
      summaries: [summaryOf({ seq: 2 })],
      happened: [],
      today: null,
      last_event_at: at("10:42:10"),
      as_of: at("10:42:10"),
    });
    await pass(0);
    expect(screen.getByRole("status").textContent).toBe("Live · last event 0 s ago");
  });

  it("shows a theme at once and remembers it", async () => {
    await renderLive(frame, live);
    fireEvent.click(screen.getByRole("radio", { name: "Dark" }));
    expect(document.documentElement.dataset["theme"]).toBe("dark");
    expect(localStorage.getItem("rollcall-theme")).toBe("dark");
    fireEvent.click(screen.getByRole("radio", { name: "Match the system" }));
    expect(document.documentElement.dataset["theme"]).toBeUndefined();
  });
});
