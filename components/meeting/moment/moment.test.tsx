import { fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  address,
  groups,
  lanes,
  names,
  noRegion,
  openMeeting,
  press,
  pushEvents,
  region,
  settle,
  slider,
  tile,
  unsettle,
} from "#components/testing/meeting-page.tsx";
import { pass } from "#components/testing/render-live.tsx";
import { joins } from "#domain/testing/history.ts";

beforeEach(settle);
afterEach(unsettle);

describe("as of a moment", () => {
  it("moves by keyboard, and the whole page shows that moment", async () => {
    await openMeeting("?at=2026-11-20T10:21:39Z");
    const line = slider("As of");
    expect(line.getAttribute("aria-valuetext")).toBe(
      "10:21:39: 3 in, 1 waiting, host R. Lindqvist",
    );
    press(line, "ArrowRight");
    expect(slider("As of").getAttribute("aria-valuetext")).toBe(
      "10:21:40: 2 in, 1 waiting, host R. Lindqvist",
    );
    expect(tile("Here then")).toContain("2");
    expect(tile("Waiting then")).toContain("1for 0:40");
    expect(tile("Came in by then")).toContain("4people");
    expect(tile("Left before admitted")).toContain("0nobody");
    expect(groups()).toEqual(["Waiting · 1", "In the meeting · 2", "Left · 2", "Came later · 1"]);
    expect(lanes()).toEqual([
      "Kofi, waiting, waited 0:40",
      "R. Lindqvist, host, here, attended 1:40, first in 10:20:00",
      "Nina, here, attended 19:40, first in 10:02:00, waited 2:00, 2 connections of the same name, taken as one person",
      "P. Singh, left, attended 16:20, first in 10:01:40, last out 10:18:00",
      "Lena’s phone, left, attended 19:29, first in 10:02:11, last out 10:21:40",
      "Ravi, not there yet, 2 connections of the same name, taken as one person",
    ]);
    expect(region("As of").textContent).toContain("As of 10:21:40");
    expect(await address()).toBe("?at=2026-11-20T10:21:40Z");
    await pass(600);
    expect(
      screen
        .getAllByRole("status")
        .some(({ textContent }) => textContent?.startsWith("As of 10:21:40: 2 in")),
    ).toBe(true);
  });

  it("is at now until it is moved, and goes back there", async () => {
    await openMeeting();
    const line = slider("As of");
    expect(line.getAttribute("aria-valuetext")).toBe("now");
    expect(noRegion("As of")).toBe(true);
    press(line, { key: "ArrowLeft", shiftKey: true });
    expect(region("As of").textContent).toContain("As of 10:41:10");
    press(line, "PageDown", "Home");
    expect(region("As of").textContent).toContain("As of 10:00:00");
    press(line, "PageUp", "ArrowDown");
    expect(region("As of").textContent).toContain("As of 10:04:59");
    fireEvent.click(screen.getByRole("button", { name: "Now" }));
    expect(tile("Here now")).toContain("4");
    expect(await address()).toBe("");
    press(line, "PageDown");
    press(line, "End");
    expect(noRegion("As of")).toBe(true);
    press(line, "PageDown");
    press(line, "Escape");
    expect(noRegion("As of")).toBe(true);
  });

  it("goes from change to change, by key and by button", async () => {
    await openMeeting("?at=2026-11-20T10:19:00Z");
    press(slider("As of"), ".");
    expect(region("As of").textContent).toContain("As of 10:20:00");
    press(slider("As of"), ",", ",");
    expect(region("As of").textContent).toContain("As of 10:02:11");
    fireEvent.click(screen.getByRole("button", { name: "Next change" }));
    expect(region("As of").textContent).toContain("As of 10:18:00");
    fireEvent.click(screen.getByRole("button", { name: "Previous change" }));
    expect(region("As of").textContent).toContain("As of 10:02:11");
  });

  it("stays while new events arrive, which change only what they are about", async () => {
    const { server } = await openMeeting("?at=2026-11-20T10:21:40Z");
    await pushEvents(server, ["10:21:10", joins("Late", { session: "late" })]);
    await pass(3000);
    expect(region("As of").textContent).toContain("As of 10:21:40");
    expect(tile("Here then")).toContain("3");
    expect(names()).toContain("Late");
  });
});

/** A track of 450 px from the first moment, 10:00, to 10:45: ten pixels a minute. */
function drag(element: Element, from: number, to: number): void {
  const pointer = { pointerId: 1, isPrimary: true, button: 0 };
  fireEvent.pointerDown(element, { ...pointer, clientX: from });
  fireEvent.pointerMove(element, { ...pointer, clientX: (from + to) / 2 });
  fireEvent.pointerMove(element, { ...pointer, clientX: to });
  fireEvent.pointerUp(element, { ...pointer, clientX: to });
}

function layOut(): void {
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockReturnValue(
    new DOMRect(100, 0, 450, 40),
  );
}

describe("by pointer", () => {
  const strip = () => slider("Window from").parentElement ?? document.body;

  it("the line follows the drag, to the second, and returns to now beyond it", async () => {
    await openMeeting();
    layOut();
    const line = slider("As of");
    drag(line, 521, 301);
    expect(region("As of").textContent).toContain("As of 10:20:10");
    drag(line, 301, 540);
    expect(noRegion("As of")).toBe(true);
    const track = line.parentElement ?? line;
    drag(track, 200, 250);
    expect(region("As of").textContent).toContain("As of 10:15:00");
    expect(document.activeElement).toBe(line);
    expect(noRegion("Window")).toBe(true);
  });

  it("a window drawn over the people shows who was there in it, and for how long", async () => {
    await openMeeting();
    layOut();
    drag(strip(), 420, 300);
    expect(region("Window").textContent).toContain("10:20:00 – 10:32:00");
    expect(region("Window").textContent).toContain("4 were in, 1 only waited · 12:00 long");
    expect(groups()).toEqual(["Was in · 4", "Only waited · 1"]);
    expect(
      lanes().map((lane) => [lane.split(",")[0], lane.match(/(in for|waited) [\d:]+ of/)?.[0]]),
    ).toEqual([
      ["R. Lindqvist", "in for 12:00 of"],
      ["Nina", "in for 12:00 of"],
      ["Lena’s phone", "in for 12:00 of"],
      ["Ravi", "in for 2:00 of"],
      ["Kofi", "waited 4:26 of"],
    ]);
    expect(noRegion("As of")).toBe(true);
    expect(await address()).toBe("?window=2026-11-20T10:20:00Z/2026-11-20T10:32:00Z");
  });

  it("a window moves by its middle, changes by its edges, and is removed by a press beside it", async () => {
    await openMeeting("?window=2026-11-20T10:10:00Z/2026-11-20T10:20:00Z");
    layOut();
    const middle = strip().querySelector("[data-grip=whole]") ?? strip();
    drag(middle, 250, 270);
    expect(region("Window").textContent).toContain("10:12:00 – 10:22:00");
    drag(middle, 250, 900);
    expect(region("Window").textContent).toContain("10:32:10 – 10:42:10");
    drag(slider("Window from"), 422, 150);
    expect(region("Window").textContent).toContain("10:05:00 – 10:42:10");
    fireEvent.pointerDown(strip(), { pointerId: 1, isPrimary: true, button: 0, clientX: 110 });
    fireEvent.pointerUp(strip(), { pointerId: 1, isPrimary: true, button: 0, clientX: 110 });
    expect(noRegion("Window")).toBe(true);
  });
});

describe("a window by keyboard", () => {
  it("is made and changed by its two edges, and removed by Escape or by its button", async () => {
    await openMeeting();
    expect(slider("Window to").getAttribute("aria-valuetext")).toBe("now");
    press(slider("Window from"), "PageUp", "PageUp");
    press(slider("Window to"), { key: "ArrowLeft", shiftKey: true });
    expect(region("Window").textContent).toContain("10:10:00 – 10:41:10");
    press(slider("Window from"), "End");
    expect(region("Window").textContent).toContain("10:41:09 – 10:41:10");
    press(slider("Window from"), "Escape");
    expect(noRegion("Window")).toBe(true);
    press(slider("Window from"), "PageUp");
    fireEvent.click(screen.getByRole("button", { name: "Clear the window" }));
    expect(noRegion("Window")).toBe(true);
    expect(lanes()).toHaveLength(6);
  });

  it("can be combined with a moment, and Escape removes the window and then the moment", async () => {
    await openMeeting("?at=2026-11-20T10:21:40Z&window=2026-11-20T10:10:00Z/2026-11-20T10:20:00Z");
    expect(names()).toEqual(["P. Singh", "Nina", "Lena’s phone"]);
    expect(lanes()[2]).toBe(
      "Lena’s phone, left, attended 19:29, first in 10:02:11, last out 10:21:40, in for 10:00 of the window",
    );
    press(document.body, "Escape");
    expect(noRegion("Window")).toBe(true);
    expect(region("As of").textContent).toContain("As of 10:21:40");
    press(document.body, "Escape");
    expect(noRegion("As of")).toBe(true);
  });
});
