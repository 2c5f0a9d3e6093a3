import { act, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { at, factsOf, liveSnapshotOf, NOW, recorded } from "#components/testing/facts.ts";
import { isAlone } from "#components/testing/meeting-page.tsx";
import { pass, renderLive } from "#components/testing/render-live.tsx";
import {
  ends,
  joins,
  knocks,
  leaves,
  minutes,
  starts,
  stopsWaiting,
} from "#domain/testing/history.ts";
import { MeetingScreen } from "./meeting-screen.tsx";

const EVENTS = minutes(
  ["10:00", joins("P. Singh", { host: true })],
  ["10:01:37", knocks("Lena Fischer")],
  ["10:02:11", stopsWaiting("Lena Fischer")],
  ["10:02:11", joins("Lena Fischer")],
  ["10:05", joins("دانا خليل")],
  ["10:21", knocks("Kofi Mensah")],
  ["10:21:40", leaves("Lena Fischer")],
  ["10:21:49", joins("Lena Fischer", { session: "lena again" })],
  ["10:25:26", stopsWaiting("Kofi Mensah")],
  ["10:30", leaves("P. Singh")],
  ["10:40", joins(null, { session: "x" })],
  ["10:41:20", knocks("bipol")],
);

async function open(events = EVENTS, query = "") {
  isAlone();
  const facts = factsOf(events);
  const view = await renderLive(
    <MeetingScreen facts={facts} />,
    liveSnapshotOf(),
    `/meetings/m1${query}`,
  );
  view.server.meetings.set("m1", [...facts.events]);
  return view;
}

const lane = (name: RegExp) => screen.getByRole("option", { name });

/** Sets whether every media query for a narrow screen matches. */
function stubNarrow(matches: boolean): void {
  const listen = { addEventListener: vi.fn(), removeEventListener: vi.fn() };
  vi.stubGlobal("matchMedia", () => ({ matches, ...listen }));
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  stubNarrow(false);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a meeting", () => {
  it("shows its name, its status and its six numbers", async () => {
    await open();
    expect(screen.getByRole("heading", { level: 1, name: "Algebra II, group B" })).toBeDefined();
    expect(screen.getByText("Live 42:10")).toBeDefined();
    expect(document.title).toBe("(1 waiting) Algebra II, group B · Rollcall");
    const read = (label: string) => screen.getByText(label).closest("div")?.textContent;
    expect(read("Here now")).toContain("3peak 3 at 10:05");
    expect(read("Waiting")).toContain("1for 0:50");
    expect(read("Came in")).toContain("4people, reconnects joined");
    expect(read("Median stay")).toContain("33:35");
    expect(read("Left before admitted")).toContain("1after 4:26");
    expect(read("Host cover")).toContain("71%12:10 without a host");
  });

  it("marks a number that is a bound, and shows no host cover without a known time", async () => {
    // The first one came again although no leave was reported.
    const ada = (session: string) => joins("Ada", { session, user: "ada", host: false });
    await open(
      minutes(
        ["10:00", ada("1")],
        ["10:20", ada("2")],
        ["10:20", leaves("Ada", { session: "2", user: "ada" })],
      ),
    );
    const read = (label: string) => screen.getByText(label).closest("div")?.textContent;
    expect(read("Median stay")).toContain("≥ 0:00");
    expect(read("Host cover")).toContain("–nobody known to be in");
  });

  it("says that a host was not heard of since, and counts no time as hostless meanwhile", async () => {
    const host = { session: "1", user: "h", host: true };
    await open(
      minutes(
        ["10:00", starts("m1")],
        ["10:00", joins("Dr Feldt", host)],
        ["10:25", ends("m1")],
        ["10:30", joins("Petra", { host: false })],
      ),
    );
    const read = (label: string) => screen.getByText(label).closest("div")?.textContent;
    expect(read("Host cover")).toContain("≤ 100%a host not heard of since");
    expect(read("Time to first host")).toContain("0:00");
  });

  it("has a lane per person, grouped, each described in words", async () => {
    await open();
    const timeline = screen.getByRole("region", { name: "Timeline" });
    const lanes = within(timeline).getAllByRole("option");
    expect(lanes.map((option) => option.getAttribute("aria-label"))).toEqual([
      "bipol, waiting, waited 0:40",
      "Lena Fischer, here, attended 39:49, first in 10:02:11, waited 0:34, 2 connections of the same name, taken as one person",
      "دانا خليل, here, attended 37:00, first in 10:05:00",
      "Unnamed guest, here, attended 2:00, first in 10:40:00",
      "P. Singh, host, left, attended 30:00, first in 10:00:00, last out 10:30:00",
      "Kofi Mensah, not admitted, waited 4:26",
    ]);
    expect(timeline.textContent).toContain("In the meeting · 3");
  });

  it("explains how a person's time adds up", async () => {
    await open();
    fireEvent.click(lane(/Lena Fischer/));
    const panel = screen.getByRole("region", { name: "Person" });
    expect(panel.textContent).toContain("Why 39:59?");
    const intervals = within(panel).getByRole("list", { name: "Stretches" });
    expect([...intervals.children].map((line) => line.querySelector("p")?.textContent)).toEqual([
      "10:01:37 – 10:02:11 34 s waited, then admitted; waiting does not count",
      "10:02:11 – 10:21:40 19:29 in, reported",
      "10:21:40 – 10:21:49 9 s away, joined by the grace of 30 s",
      "10:21:49 – now 20:21 in, still open",
    ]);
    fireEvent.click(within(panel).getByRole("button", { name: "Close" }));
    expect(screen.queryByText("Why 39:59?")).toBeNull();
  });

  it("explains it in a sheet over the timeline where there is no room beside it", async () => {
    stubNarrow(true);
    await open();
    fireEvent.click(lane(/Kofi Mensah/));
    const sheet = screen.getByRole("dialog", { name: "Kofi Mensah" });
    expect(sheet.textContent).toContain("4:26 waited, left before admitted");
    fireEvent.click(within(sheet).getByRole("button", { name: "Close" }));
    await pass(1000);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("is walked through and chosen from by keyboard", async () => {
    await open();
    const first = lane(/bipol/);
    expect(first.tabIndex).toBe(0);
    act(() => first.focus());
    fireEvent.keyDown(first, { key: "ArrowDown" });
    expect(document.activeElement).toBe(lane(/Lena/));
    fireEvent.keyDown(lane(/Lena/), { key: "End" });
    expect(document.activeElement).toBe(lane(/Kofi/));
    fireEvent.keyDown(lane(/Kofi/), { key: "Enter" });
    expect(lane(/Kofi/).getAttribute("aria-selected")).toBe("true");
    expect(screen.getByText("Why never admitted?")).toBeDefined();
    fireEvent.keyDown(lane(/Kofi/), { key: "Home" });
    expect(document.activeElement).toBe(lane(/bipol/));
    fireEvent.keyDown(lane(/bipol/), { key: "Escape" });
    expect(screen.queryByText("Why never admitted?")).toBeNull();
  });

  it("changes with each push, and fills a hole in the events", async () => {
    const { server } = await open();
    const newEvents = recorded(
      minutes(["10:42:08", joins("bipol", { session: "in" })], ["10:42:09", joins("Ravi Patel")]),
      EVENTS.length,
    );
    server.meetings.get("m1")?.push(...newEvents);
    act(() => server.pushEvents("m1", newEvents.slice(1)));
    await pass(0);
    expect(lane(/bipol, here/)).toBeDefined();
    expect(lane(/Ravi Patel, here/)).toBeDefined();
    expect(document.title).toBe("Algebra II, group B · Rollcall");
  });

  it("goes to the survivor when it is merged, with the same lens", async () => {
    const { server, router } = await open(EVENTS, "?raw=1");
    act(() => server.push["meeting:merged"]({ id: "m1", into: "m0" }));
    expect(router.replace).toHaveBeenCalledWith("/meetings/m0?raw=1");
  });

  it("finds people by name when there are many", async () => {
    const many = Array.from({ length: 200 }, (_, index) =>
      minutes(["10:10", joins(`Person ${index}`)]),
    ).flat();
    await open(many);
    const options = screen.getAllByRole("option");
    expect(options.length).toBeLessThan(100);
    expect(options[0]?.getAttribute("aria-setsize")).toBe("200");
    fireEvent.change(screen.getByRole("searchbox", { name: "Find a person" }), {
      target: { value: "PERSON 19" },
    });
    await pass(0);
    expect(screen.getAllByRole("option").length).toBe(11);
    expect(screen.getByText("11 of 200")).toBeDefined();
  });

  it("shows who was host and when there was no host", async () => {
    await open();
    const history = screen.getByRole("region", { name: "Host history" });
    expect(
      within(history)
        .getAllByRole("listitem")
        .map((line) => line.textContent),
    ).toEqual(["P. Singh10:00 – 10:30", "✕ nobody · 12:1010:30 – now"]);
  });

  it("shows a meeting without events", async () => {
    await open([]);
    expect(screen.getByText("Nobody has come yet.")).toBeDefined();
  });

  it("says when its end was not reported", async () => {
    await open(
      minutes(
        ["10:00", joins("Ada")],
        ["10:30", (moment) => ({ type: "observer_left", at: moment, reason: null })],
      ),
    );
    expect(lane(/Ada, left, attended at least 30:00/)).toBeDefined();
    fireEvent.click(lane(/Ada/));
    expect(screen.getByText("Ended after 30:00")).toBeDefined();
    expect(screen.getByText(/in; nobody reported the leave: the bot left then$/)).toBeDefined();
    expect(at("10:30")).toBe("2026-11-20T10:30:00.000Z");
  });

  it("is a table of all people on paper, in order of arrival", async () => {
    await open();
    expect(screen.queryByRole("table", { name: /^Who attended/ })).toBeNull();
    await act(async () => window.dispatchEvent(new Event("beforeprint")));
    const rows = within(screen.getByRole("table", { name: /^Who attended/ })).getAllByRole("row");
    expect(rows.map((row) => [...row.children].map((cell) => cell.textContent))).toEqual([
      ["Person", "First in", "Last out", "Attended", "Of the meeting", "Waited"],
      ["P. Singhhost", "10:00:00", "10:30:00", "30:00", "71%", "–"],
      ["Lena Fischer", "10:02:11", "still in", "39:59", "94%", "0:34"],
      ["دانا خليل", "10:05:00", "still in", "37:10", "88%", "–"],
      ["Unnamed guest", "10:40:00", "still in", "2:10", "5%", "–"],
      ["Kofi Mensah", "–", "–", "–", "–", "4:26, left before admitted"],
      ["bipol", "–", "–", "–", "–", "0:50, still waiting"],
    ]);
    await act(async () => window.dispatchEvent(new Event("afterprint")));
    expect(screen.queryByRole("table", { name: /^Who attended/ })).toBeNull();
  });
});
