import { act, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  address,
  groups,
  laneOf,
  lanes,
  lena,
  noRegion,
  openMeeting,
  press,
  pushEvents,
  region,
  settle,
  tile,
  unsettle,
} from "#components/testing/meeting-page.tsx";
import { pass } from "#components/testing/render-live.tsx";
import { joins, leaves, minutes } from "#domain/testing/history.ts";

beforeEach(settle);
afterEach(unsettle);

describe("raw lanes", () => {
  it("show every connection by itself with its person, and leave the numbers alone", async () => {
    await openMeeting();
    const before =
      region("Timeline").parentElement?.parentElement?.querySelector("dl")?.textContent;
    fireEvent.click(screen.getByRole("radio", { name: "Raw" }));
    expect(lanes()).toEqual([
      "R. Lindqvist, host, here, attended 22:00, first in 10:20:00, the connection of R. Lindqvist",
      "Nina, here, attended 40:00, first in 10:02:00, connection 2 of 2 of Nina",
      "Lena’s phone, here, attended 20:11, first in 10:21:49, connection 2 of 2 of Lena’s phone",
      "Ravi, here, attended 7:00, first in 10:35:00, connection 2 of 2 of Ravi",
      "P. Singh, host, left, attended 16:20, first in 10:01:40, last out 10:18:00, the connection of P. Singh",
      "Lena Fischer, left, attended 19:29, first in 10:02:11, last out 10:21:40, connection 1 of 2 of Lena’s phone",
      "Ravi, left, attended 3:00, first in 10:30:00, last out 10:33:00, connection 1 of 2 of Ravi",
      "Nina, not admitted, waited 2:00, connection 1 of 2 of Nina",
      "Kofi, not admitted, waited 4:26, the connection of Kofi",
    ]);
    expect(groups()).toEqual(["Connected · 4", "Disconnected · 3", "Only waited · 2"]);
    expect(screen.getByText("9 connections of 6 people")).toBeDefined();
    expect(region("Timeline").textContent).toContain("Raw: every connection");
    const after = region("Timeline").parentElement?.parentElement?.querySelector("dl")?.textContent;
    expect(after).toBe(before);
    expect(await address()).toBe("?raw=1");
    fireEvent.click(screen.getByRole("radio", { name: "Merged" }));
    expect(lanes()).toHaveLength(6);
    expect(await address()).toBe("");
  });

  it("choose the person with all their connections", async () => {
    await openMeeting("?raw=1");
    fireEvent.click(screen.getByRole("option", { name: /^Lena Fischer,/ }));
    const chosen = screen
      .getAllByRole("option", { selected: true })
      .map((lane) => lane.getAttribute("aria-label")?.split(",")[0]);
    expect(chosen).toEqual(["Lena’s phone", "Lena Fischer"]);
    expect(region("Person").textContent).toContain("2 connections");
    expect(await address()).toBe("?raw=1&person=u:lena");
  });

  it("are walked through one by one by keyboard, also those of the same person", async () => {
    await openMeeting("?raw=1");
    const all = screen.getAllByRole("option");
    act(() => all[0]?.focus());
    for (const [index, lane] of all.entries()) {
      expect(document.activeElement).toBe(lane);
      if (index < all.length - 1) press(lane, "ArrowDown");
    }
  });
});

describe("the grace", () => {
  const choose = async (name: string | RegExp) => {
    fireEvent.click(screen.getByRole("button", { name: /joined$/ }));
    await pass(50);
    fireEvent.click(screen.getByRole("radio", { name }));
    await pass(50);
  };

  it("is shown, and every number, lane and reason follows a change of it", async () => {
    await openMeeting("?person=u:lena");
    expect(screen.getByRole("button", { name: "gaps up to 30 s joined" })).toBeDefined();
    expect(region("Person").textContent).toContain("Why 39:59?");
    await choose("none");
    expect(region("Person").textContent).toContain("Why 39:50?");
    expect(region("Person").textContent).toContain("9 s away, does not count");
    // The label of a person who is in changes every 15 s: it is as of 10:42:00.
    expect(laneOf("Lena")).toContain("attended 39:40");
    expect(await address()).toBe("?grace=0&person=u:lena");
    fireEvent.click(screen.getByRole("button", { name: "Back to 30 s" }));
    expect(region("Person").textContent).toContain("Why 39:59?");
    expect(screen.queryByRole("button", { name: "Back to 30 s" })).toBeNull();
    expect(await address()).toBe("?person=u:lena");
  });

  it("joins longer gaps, of hosts too", async () => {
    const twice = minutes(
      ["10:00", joins("Osei", { host: true })],
      ["10:10", leaves("Osei")],
      ["10:12", joins("Osei", { host: true, session: "again" })],
      ["10:00", joins("Ada", { host: false })],
    );
    await openMeeting("", twice);
    expect(tile("Host cover")).toContain("95%2:00 without a host");
    await choose("up to 2 min");
    expect(tile("Host cover")).toContain("100%never without a host");
    expect(lanes()[0]).toContain("attended 42:00");
    expect(region("Host history").textContent).toContain("Without a host0:00");
    expect(await address()).toBe("?grace=120");
  });

  it("takes any number of seconds, and nothing else", async () => {
    await openMeeting();
    fireEvent.click(screen.getByRole("button", { name: /joined$/ }));
    await pass(50);
    const field = screen.getByRole("textbox", { name: "up to" });
    fireEvent.change(field, { target: { value: "a while" } });
    press(field, "Enter");
    expect(screen.getByRole("alert").textContent).toBe("Whole seconds, 0 to 86400.");
    expect(screen.getByRole("button", { name: "gaps up to 30 s joined" })).toBeDefined();
    fireEvent.change(field, { target: { value: "121" } });
    press(field, "Enter");
    expect(screen.getByRole("button", { name: "gaps up to 121 s joined" })).toBeDefined();
    expect(screen.getByText(/Clinic joins gaps up to 30 s/)).toBeDefined();
    expect(laneOf("Ravi")).toContain("attended 12:00");
    expect(await address()).toBe("?grace=121");
  });

  it("stays chosen while the meeting goes on", async () => {
    const { server } = await openMeeting("?grace=0");
    await pushEvents(
      server,
      ["10:42:08", leaves("Lena’s phone", { ...lena, session: "phone" })],
      ["10:42:10", joins("Lena", { ...lena, session: "third" })],
    );
    expect(laneOf("Lena")).toContain("attended 39:48");
  });
});

describe("the address", () => {
  it("restores the whole lens", async () => {
    await openMeeting(
      "?raw=1&grace=300&at=2026-11-20T10:21:40Z&window=2026-11-20T10:10:00Z/2026-11-20T10:22:00Z&person=c:phone",
    );
    expect(screen.getByRole("radio", { name: "Raw", checked: true })).toBeDefined();
    expect(screen.getByRole("button", { name: "gaps up to 5 min joined" })).toBeDefined();
    expect(region("As of").textContent).toContain("As of 10:21:40");
    expect(region("Window").textContent).toContain("10:10:00 – 10:22:00");
    expect(region("Person").textContent, "found by a connection").toContain("Lena’s phone");
  });

  it.each([
    "?at=2026-11-20T09:00:00Z",
    "?at=2026-11-20T10:50:00Z",
    "?at=yesterday",
    "?window=2026-11-20T10:30:00Z/2026-11-20T10:50:00Z",
    "?window=2026-11-20T10:30:00Z/2026-11-20T10:20:00Z",
    "?grace=often&raw=perhaps&person=nobody",
  ])("ignores what this meeting does not have: %s", async (bad) => {
    await openMeeting(bad);
    expect(tile("Here now")).toContain("4");
    expect(lanes()).toHaveLength(6);
    expect(screen.getByRole("button", { name: "gaps up to 30 s joined" })).toBeDefined();
    expect(noRegion("Window")).toBe(true);
    expect(noRegion("As of")).toBe(true);
    expect(region("Person").textContent).toContain("Choose a lane");
  });

  it("follows the browser's back button", async () => {
    await openMeeting("?raw=1");
    window.history.replaceState(null, "", "/meetings/m1?grace=60");
    act(() => void window.dispatchEvent(new PopStateEvent("popstate")));
    expect(screen.getByRole("radio", { name: "Merged", checked: true })).toBeDefined();
    expect(screen.getByRole("button", { name: "gaps up to 1 min joined" })).toBeDefined();
  });
});
