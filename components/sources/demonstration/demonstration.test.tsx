import { fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { SourcesScreen } from "#components/sources/sources-screen.tsx";
import { shownSource } from "#components/sources/testing/shown-source.ts";
import { liveSnapshotOf, NOW } from "#components/testing/facts.ts";
import { pass, renderLive } from "#components/testing/render-live.tsx";
import type { Removal } from "#domain/sources/demonstration.ts";

const SOURCES = [shownSource("real", "Clinic"), shownSource("demo", "Simulation", { demo: true })];
const THERE = {
  sources: [{ id: "demo", provider: "daily", name: "Simulation", demo: true }],
  ...{ meetings: 1_234, people: 56, waits: 7, events: 9_000, deliveries: 9_876 },
  ...{ scheduled_meetings: 1, statements: 0, removal: null },
};

/** The server's answers, by method and path; a number is a status. */
let answers: Record<string, object | number>;
let asked: string[];
beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  answers = { "GET /demonstration": THERE };
  asked = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit = {}) => {
    const question = `${init.method ?? "GET"} ${path.replace("/api/v1", "")}`;
    asked.push(question);
    const answer = answers[question] ?? 500;
    if (typeof answer === "object") return Response.json(answer);
    return Response.json({ error: { code: "x", message: "It is full." } }, { status: answer });
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const running = (done: number): { removal: Removal } => ({
  removal: { state: "running", done, total: 18_876 },
});
const show = (sources = SOURCES, removal: Removal | null = null) =>
  renderLive(<SourcesScreen opened={sources} removal={removal} />, liveSnapshotOf());
/** Thousands grouped in the English way, whatever the reader's number format. */
const plain = ({ textContent }: Element) => textContent?.replaceAll(/[\u202f\u00a0]/g, ",");
const button = (name: string) => screen.getByRole("button", { name });

describe("the demonstration", () => {
  test("is not mentioned where there is none", async () => {
    await show(SOURCES.slice(0, 1));
    expect(screen.queryByText(/demonstration/i)).toBeNull();
  });

  test("is removed after the page has shown what will be deleted, and the page is read again at the end", async () => {
    const { router } = await show();
    fireEvent.click(button("Remove the demonstration"));
    await pass(50);
    const lines = screen.getAllByRole("listitem").map(plain);
    expect(lines).toEqual([
      "1 source: Simulation (daily)",
      "1,234 meetings",
      "56 people",
      "7 waits",
      "9,876 webhooks, and 9,000 events read from them",
      "1 expected meeting",
    ]);
    expect(asked).toEqual(["GET /demonstration"]);
    answers["DELETE /demonstration"] = running(0);
    answers["GET /demonstration/removal"] = running(4_719);
    fireEvent.click(button("Remove"));
    await pass(50);
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("25");
    expect(plain(screen.getByText(/^Removing: /))).toBe(
      "Removing: 4,719 of 18,876 webhooks and events, 25%. You may leave this page.",
    );
    expect(router.refresh).not.toHaveBeenCalled();
    answers["GET /demonstration/removal"] = { removal: null };
    await pass(1_050);
    expect(router.refresh).toHaveBeenCalledTimes(1);
    expect(screen.queryByRole("progressbar")).toBeNull();
  });

  test("stays, with the reason, where the server refuses", async () => {
    await show();
    fireEvent.click(button("Remove the demonstration"));
    await pass(50);
    answers["DELETE /demonstration"] = 503;
    fireEvent.click(button("Remove"));
    await pass(50);
    expect(screen.getByRole("alert").textContent).toBe("Nothing was removed. It is full.");
  });

  test("is shown being removed where another page began it, and one that stopped can be begun again", async () => {
    answers["GET /demonstration/removal"] = {
      removal: { ...running(1).removal, state: "stopped" },
    };
    await show(SOURCES, { state: "running", done: null, total: null });
    await pass(50);
    expect(screen.getByRole("alert").textContent).toMatch(/^Removing stopped before everything/);
    expect(button("Remove the demonstration")).toBeDefined();
  });
});
