import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MeetingScreen } from "#components/meeting/meeting-screen.tsx";
import { UndoNotice } from "#components/operator/undo-notice.tsx";
import { factsOf, liveSnapshotOf, NOW } from "#components/testing/facts.ts";
import { pass, renderLive } from "#components/testing/render-live.tsx";
import { clock, joins, knocks, minutes, putsAway } from "#domain/testing/history.ts";

/** Every request that was sent, each with an answer. */
const sent = vi.fn(async (path: string, init: { method: string; body: string }) => {
  const { method, body } = init;
  calls.push(`${method} ${path} ${body}`);
  return Response.json({ ruling: "h1", meeting_id: "m1", seq: 3, by: "Emmy" }, { status: 201 });
});
let calls: string[] = [];

async function open(...lines: Parameters<typeof minutes>) {
  const facts = factsOf(minutes(...lines));
  await renderLive(
    <>
      <MeetingScreen facts={facts} />
      <UndoNotice />
    </>,
    liveSnapshotOf(),
    "/meetings/m1",
  );
}

const button = (name: string) => screen.getByRole("button", { name });

beforeEach(() => {
  calls = [];
  localStorage.clear();
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
  vi.stubGlobal("fetch", sent);
  const listen = { addEventListener: vi.fn(), removeEventListener: vi.fn() };
  vi.stubGlobal("matchMedia", () => ({ matches: false, ...listen }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("“not here any more”", () => {
  it("can be entered for a whole meeting, signed, and undone at once", async () => {
    await open(["10:00", joins("Ada")], ["10:20", knocks("Bo")]);
    fireEvent.click(button("Algebra II, group B: not here any more"));
    const dialog = await screen.findByRole("dialog");
    fireEvent.change(within(dialog).getByLabelText("Your name"), { target: { value: "Mia" } });
    fireEvent.click(within(dialog).getByRole("button", { name: "Not here any more" }));
    const undo = await screen.findByRole("button", { name: "Undo" });
    // The person's button is gone, and the focus is on the way to undo it.
    await waitFor(() => expect(undo.parentElement?.contains(document.activeElement)).toBe(true));
    fireEvent.click(undo);
    await waitFor(() => expect(screen.queryByRole("button", { name: "Undo" })).toBeNull());
    expect(calls.filter((call) => call.includes("rulings"))).toEqual([
      'POST /api/v1/meetings/m1/rulings {"verdict":"not_here","by":"Mia"}',
      'DELETE /api/v1/meetings/m1/rulings/h1 {"by":"Mia"}',
    ]);
  });

  it("takes a time that the operator knows, and none before the last report of the person", async () => {
    localStorage.setItem("rollcall-operator", "Mia");
    await open(["10:00", joins("Ada")]);
    await act(async () => fireEvent.click(screen.getByRole("option", { name: /^Ada,/ })));
    fireEvent.click(button("Ada: not here any more"));
    const dialog = await screen.findByRole("dialog");
    fireEvent.click(within(dialog).getByRole("radio", { name: /I know when/ }));
    const time = within(dialog).getByLabelText(/They left at/);
    const say = () =>
      fireEvent.click(within(dialog).getByRole("button", { name: "Not here any more" }));
    fireEvent.change(time, { target: { value: "09:30" } });
    say();
    expect(time.getAttribute("aria-invalid")).toBe("true");
    fireEvent.change(time, { target: { value: "10:41" } });
    say();
    await waitFor(() => expect(calls.join()).toContain("not_here"));
    expect(calls.filter((call) => call.includes("rulings"))).toEqual([
      `POST /api/v1/meetings/m1/rulings ${JSON.stringify({
        verdict: "not_here",
        person_ids: ["c:Ada"],
        since: new Date(clock("10:41")).toISOString(),
        by: "Mia",
      })}`,
    ]);
  });

  it("is listed with its operator and time, also where overtaken, and offered only where a visit or wait is open", async () => {
    await open(
      ["10:00", joins("Ada")],
      ["10:20", putsAway("Ada", { id: "h1", from: "10:00" })],
      ["10:10", knocks("Bo")],
      ["10:21", putsAway("Bo", { id: "h2", from: "10:10", since: "10:15" })],
      ["10:30", joins("Bo")],
      ["10:31", putsAway("Bo", { id: "h3", from: "10:30", since: "10:30" })],
    );
    const list = screen.getByRole("region", { name: "Put away by hand" });
    expect(
      within(list)
        .getAllByRole("listitem")
        .map(({ textContent }) => textContent),
    ).toEqual([
      "Ada not here any more by 10:20, said by Mia · 10:20Undo",
      expect.stringMatching(/^Bo left at 10:15, said by Mia · 10:21overtaken: .*Undo$/),
      "Bo left at 10:30, said by Mia · 10:31Undo",
    ]);
    expect(screen.queryByRole("button", { name: /: not here any more/ })).toBeNull();
    await pass(0);
  });
});
