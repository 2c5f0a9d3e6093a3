import { act, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { at, liveSnapshotOf, NOW, summaryOf } from "#components/testing/facts.ts";
import { pass, renderLive } from "#components/testing/render-live.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { ALL_IS_KEPT, type Recording, type RefusedSource } from "#domain/live/recording.ts";
import type { Happening } from "#domain/live/wire.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { AppFrame } from "./app-frame.tsx";

const live = liveSnapshotOf({ meetings: [summaryOf({ present_count: 31, waiting_count: 2 })] });
const frame = (
  <AppFrame>
    <PageTitle name="Live" waiting={2} />
  </AppFrame>
);

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

const badge = () => within(screen.getByRole("banner")).getByRole("status");
const log = () => screen.getByRole("log", { name: "What happens" });

function recording(given: Partial<Recording>, changed = NOW): Recording {
  return { ...ALL_IS_KEPT, changed_at: toWireTime(changed), ...given };
}

function refused(given: Partial<RefusedSource> = {}): RefusedSource {
  return {
    source: { id: "s1", provider: "daily", name: "Clinic" },
    since: at("10:02"),
    last_at: at("10:42"),
    count: 3,
    reason: "signature_mismatch",
    gives_up_after: 3,
    ...given,
  };
}

describe("a halt of recording", () => {
  it("is shown by the badge, the title and a notice, and is over with a push", async () => {
    const { server } = await renderLive(frame, live);
    expect(document.title).toBe("(2 waiting) Live · Rollcall");
    const halted = { since: at("10:02"), reason: "unavailable" } as const;
    server.push["recording:changed"]({ recording: recording({ halted }), as_of: at("10:42:11") });
    await pass(0);
    expect(badge().textContent).toBe("Not recording since 10:02: the database is away");
    expect(document.title).toBe("Not recording · Live · Rollcall");
    expect(screen.getByRole("region", { name: "Recording" }).textContent).toContain(
      "Start the database",
    );
    server.push["recording:changed"]({ recording: recording({}, NOW + 1), as_of: at("10:42:12") });
    await pass(0);
    expect(badge().textContent).toContain("Live · last event");
    expect(screen.queryByRole("region", { name: "Recording" })).toBeNull();
    expect(document.title).toBe("(2 waiting) Live · Rollcall");
  });

  it("also shows webhooks that are stored and not projected yet", async () => {
    const { server } = await renderLive(frame, live);
    const behind = { since: at("10:41"), count: 12 };
    server.push["recording:changed"]({ recording: recording({ behind }), as_of: at("10:42:11") });
    await pass(0);
    expect(badge().textContent).toBe("Behind since 10:41: 12 webhooks are not shown yet");
    expect(screen.getByRole("region", { name: "Recording" }).textContent).toContain(
      "What you see is behind: 12 webhooks are kept and not shown yet, the first since 10:41. Nothing is lost",
    );
    server.push["recording:changed"]({ recording: recording({}, NOW + 1), as_of: at("10:42:12") });
    await pass(0);
    expect(badge().textContent).toContain("Live · last event");
  });

  it("also shows rooms that an event which cannot be read keeps out of date", async () => {
    const { server } = await renderLive(frame, live);
    const event = { meeting_id: "m-7", seq: 512, type: "hand_raised", field: "type" };
    const stopped = { rooms: 2, since: at("10:02"), event };
    server.push["recording:changed"]({ recording: recording({ stopped }), as_of: at("10:42:11") });
    await pass(0);
    expect(badge().textContent).toBe("2 rooms are out of date since 10:02");
    expect(screen.getByRole("region", { name: "Recording" }).textContent).toBe(
      "2 rooms are out of date since 10:02: event 512 of the meeting m-7 has the unknown type “hand_raised”, written by a later version. What comes for these rooms is kept, and is shown by itself once that version runs again.",
    );
    const broken = { ...stopped, rooms: 1, event: { ...event, type: "left", field: "at" } };
    server.push["recording:changed"]({
      recording: recording({ stopped: broken }, NOW + 1),
      as_of: at("10:42:12"),
    });
    await pass(0);
    expect(screen.getByRole("region", { name: "Recording" }).textContent).toBe(
      "1 room is out of date since 10:02: event 512 of the meeting m-7 (“left”) has a broken “at”. What comes for this room is kept, and is shown by itself once it is restored from a backup.",
    );
    server.push["recording:changed"]({ recording: recording({}, NOW + 2), as_of: at("10:42:13") });
    await pass(0);
    expect(screen.queryByRole("region", { name: "Recording" })).toBeNull();
  });

  it("also shows a webhook that is switched off at its provider", async () => {
    const { server } = await renderLive(frame, live);
    const source = { id: "s1", provider: "daily", name: "Clinic" };
    const off = [{ source, state: "off", since: at("10:02") } as const];
    server.push["recording:changed"]({ recording: recording({ off }), as_of: at("10:42:11") });
    await pass(0);
    expect(badge().textContent).toBe("Clinic: webhook switched off since 10:02");
    const notice = screen.getByRole("region", { name: "Recording" });
    expect(within(notice).getByRole("link").getAttribute("href")).toBe("/sources/s1");
    expect(notice.textContent).toContain("The webhook is switched off at its provider since 10:02");
    server.push["recording:changed"]({ recording: recording({}, NOW + 1), as_of: at("10:42:12") });
    await pass(0);
    expect(badge().textContent).toContain("Live · last event");
  });

  it("is shown by a page that was opened meanwhile, and by one that the server turns away for it", async () => {
    const refusing = liveSnapshotOf({ recording: recording({ refused: [refused()] }) });
    const { server } = await renderLive(frame, refusing);
    expect(badge().textContent).toBe("Clinic: 3 webhooks refused since 10:02");
    server.turnAway({ since: at("10:42"), reason: "unavailable" });
    await pass(16_000);
    expect(badge().textContent).toContain("Stale · as of");
    expect(screen.getByRole("region", { name: "Recording" }).textContent).toContain(
      "Nothing is recorded since 10:42",
    );
  });

  it("counts refusals over sources, and says when a provider may have given up", async () => {
    const { server } = await renderLive(frame, live);
    const sales = { id: "s2", provider: "attendee", name: "Sales" };
    const push = (given: Partial<Recording>, n: number) =>
      server.push["recording:changed"]({
        recording: recording(given, NOW + n),
        as_of: at("10:42:11"),
      });
    push({ refused: [refused(), refused({ source: sales, count: 1, gives_up_after: null })] }, 1);
    await pass(0);
    expect(badge().textContent).toBe("2 sources: 4 webhooks refused since 10:02");
    push({ refused: [refused({ last_at: at("10:05") })] }, 2);
    await pass(0);
    expect(badge().textContent).toBe("Clinic may be switched off: silent since 10:05");
    const notice = screen.getByRole("region", { name: "Recording" });
    expect(notice.textContent).toContain("Daily may have switched the webhook off");
    expect(within(notice).getByRole("link").getAttribute("href")).toBe("/sources");
  });

  it("follows the latest report, in any order of push and answer", async () => {
    const { server } = await renderLive(frame, live);
    const push = (given: Recording) =>
      server.push["recording:changed"]({ recording: given, as_of: at("10:42:11") });
    push(recording({}, NOW + 5));
    push(recording({ refused: [refused()] }, NOW + 4));
    await pass(0);
    expect(badge().textContent).toContain("Live");
  });
});

describe("the title of a page that is stale", () => {
  it("says so and shows no count", async () => {
    const { server } = await renderLive(frame, live);
    server.drop();
    await pass(1_000);
    expect(document.title, "perhaps back within a blink").toBe("(2 waiting) Live · Rollcall");
    await pass(1_000);
    expect(document.title).toBe("Reconnecting · Live · Rollcall");
    await pass(14_000);
    expect(document.title).toBe("Stale · Live · Rollcall");
    server.connect();
    await pass(0);
    expect(document.title).toBe("(2 waiting) Live · Rollcall");
  });
});

describe("a link while the server is away", () => {
  it("waits, says so, and is followed once the server is back", async () => {
    const { server } = await renderLive(frame, live);
    const link = screen.getByRole("link", { name: "Rooms" });
    const followed = vi.fn((event: Event) => event.preventDefault());
    link.addEventListener("click", followed);
    server.drop();
    await pass(0);
    expect(fireEvent.click(link), "held back").toBe(false);
    await pass(0);
    expect(followed).not.toHaveBeenCalled();
    expect(screen.getByText("Waiting for the server…")).toBeDefined();
    server.connect();
    await pass(0);
    expect(followed).toHaveBeenCalledTimes(1);
    expect(screen.queryByText("Waiting for the server…")).toBeNull();
  });

  it("is dropped when the reader chooses to stay", async () => {
    const { server } = await renderLive(frame, live);
    const link = screen.getByRole("link", { name: "Rooms" });
    const followed = vi.fn((event: Event) => event.preventDefault());
    link.addEventListener("click", followed);
    server.drop();
    await pass(0);
    fireEvent.click(link);
    await pass(0);
    fireEvent.click(screen.getByRole("button", { name: "Stay here" }));
    server.connect();
    await pass(0);
    expect(followed).not.toHaveBeenCalled();
  });

  it("waits for the database too, without which no page can be read", async () => {
    const { server } = await renderLive(frame, live);
    const halted = { since: at("10:42"), reason: "unavailable" } as const;
    server.push["recording:changed"]({ recording: recording({ halted }), as_of: at("10:42:11") });
    await pass(0);
    expect(fireEvent.click(screen.getByRole("link", { name: "Rooms" }))).toBe(false);
    const full = { since: at("10:42"), reason: "disk_full" } as const;
    server.push["recording:changed"]({
      recording: recording({ halted: full }, NOW + 1),
      as_of: at("10:42:12"),
    });
    await pass(0);
    expect(screen.queryByText("Waiting for the server…")).toBeNull();
  });
});

describe("the announcer", () => {
  it("reads out what happens, and changes of the connection", async () => {
    const { server } = await renderLive(frame, live);
    const joined = (name: string, second: number): Happening => ({
      id: `m1 ${name}`,
      meeting_id: "m1",
      meeting: "Algebra II, group B",
      at: at(`10:42:1${second}`),
      person_id: name,
      name,
      what: { kind: "joined" },
    });
    for (const [second, name] of ["Ada Lovelace", "Ben", "Cy", "Di"].entries()) {
      server.push["floor:changed"]({
        summaries: [],
        happened: [joined(name, second)],
        today: null,
        as_of: at("10:42:11"),
      });
    }
    await pass(0);
    expect(log().textContent, "gathered first").toBe("");
    await pass(2_000);
    expect(log().textContent).toBe("Ada Lovelace and 3 others joined Algebra II, group B.");
    await pass(8_000);
    expect(log().textContent, "said, and gone").toBe("");
    server.drop();
    await pass(18_000);
    expect(log().textContent).toBe("No connection to the server. What you see is out of date.");
    server.connect();
    await pass(10_000);
    expect(log().textContent).toBe("Connected to the server again.");
  });

  it("never reads out what is over, even before that was rendered", async () => {
    const { server } = await renderLive(frame, live);
    const push = (given: Partial<Recording>, n: number) =>
      server.push["recording:changed"]({
        recording: recording(given, NOW + n),
        as_of: at("10:42:11"),
      });
    push({ halted: { since: at("10:42"), reason: "unavailable" } }, 1);
    await pass(1_000);
    act(() => {
      push({}, 2);
      vi.advanceTimersByTime(2_000);
    });
    expect(log().textContent).toBe("");
    await pass(20_000);
    expect(log().textContent).toBe("");
  });

  it("never reads out a connection that is lost again", async () => {
    const { server } = await renderLive(frame, live);
    server.drop();
    await pass(17_000);
    expect(log().textContent).toContain("No connection");
    server.connect();
    await pass(1_000);
    server.drop();
    await pass(8_000);
    expect(log().textContent).toBe("");
  });
});
