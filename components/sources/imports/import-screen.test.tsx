import { fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { liveSnapshotOf, NOW } from "#components/testing/facts.ts";
import { pass, renderLive, until } from "#components/testing/render-live.tsx";
import type { ImportResult, ImportRow, ImportsPage } from "#domain/sources/imports/imports.ts";
import { ImportScreen } from "./import-screen.tsx";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function resultOf(changes: Partial<ImportResult> = {}): ImportResult {
  return {
    id: null,
    dry_run: true,
    file: "report.csv",
    format: "teams",
    zone: "UTC",
    dates: { order: "month_first", from: "file", proof: null },
    room_from: "file",
    notes: ["The column “Lunch” was not read: its cells say yes or no, and nobody knows to what."],
    headings: [],
    read_otherwise: null,
    rows: { read: 3, new: 2, known: 1, double: 0, refused: 1, skipped: 0, left_out: 1, erased: 0 },
    people: 2,
    meeting_count: 1,
    meetings: [
      {
        id: null,
        room: "Planning",
        title: null,
        from: "2026-03-12T08:58:00.000Z",
        to: "2026-03-13T10:02:00.000Z",
        people: 2,
      },
    ],
    refused: [{ line: 7, reason: "it does not say who" }],
    left_out: [{ line: 9, reason: "they did not attend: “Linus”" }],
    remarks: [{ line: 3, remark: "inferred_end", cell: null }],
    remark_counts: {
      skipped: 0,
      twice: 0,
      inferred_end: 1,
      was_there_before: 0,
      minute_length: 0,
      length_not_understood: 0,
      length_contradicts: 0,
      end_unknown: 0,
      over_a_day: 0,
      join_unknown: 0,
      original_name: 0,
      lent_email: 0,
    },
    ...changes,
  };
}

function pageOf(...rows: Partial<ImportRow>[]): ImportsPage {
  const source = { id: "s1", provider: "import", name: "Zoom file" } as const;
  return {
    rows: rows.map((row, index) => ({
      id: `i${index}`,
      source,
      file: "report.csv",
      timeZone: "Asia/Kolkata",
      dates: "month_first",
      lines: 40,
      added: 38,
      meetings: 2,
      people: 21,
      by: "Emmy",
      at: Date.UTC(2026, 2, 12, 9),
      undoneBy: null,
      undoneAt: null,
      ...row,
    })),
    next: null,
    previous: null,
    timeZone: "UTC",
  };
}

/** Answers each request in turn, and returns the list of requests. */
function serverAnswering(...answers: (object | string)[][]): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    const lines = answers.shift() ?? [];
    const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line)));
    return new Response(text.join("\n"));
  });
  return asked;
}

function choose(...names: string[]): void {
  const files = names.map((name) => new File(["x"], name));
  fireEvent.change(screen.getByLabelText(/Drop attendance files/), { target: { files } });
}

/** Until all that was asked is answered and read. */
async function allRead(): Promise<void> {
  // Longer than a change of the settings waits for the next one.
  await pass(1_000);
  await until(() => expect(screen.queryByRole("progressbar")).toBeNull());
}

/** The card of a file, once all pending answers have come. */
async function cardOf(name: string): Promise<ReturnType<typeof within>> {
  await allRead();
  return within(screen.getByRole("region", { name }));
}

describe("the page of imports", () => {
  it("shows what a file would add, and adds it on request", async () => {
    const [meeting] = resultOf().meetings;
    const done = resultOf({
      dry_run: false,
      meetings: meeting === undefined ? [] : [{ ...meeting, id: "m1" }],
    });
    const asked = serverAnswering(
      [{ progress: { done: 1, of: 3 } }, { result: resultOf() }],
      [{ result: done }],
    );
    await renderLive(<ImportScreen page={pageOf()} />, liveSnapshotOf());
    choose("report.csv");
    const card = await cardOf("report.csv");
    for (const text of [
      "2 lines to add, 1 there already, 1 refused, 1 left out",
      /Thu 12 Mar 2026, 08:58 – Fri 13 Mar 2026, 10:02 · 2 people/,
      "Line 7: it does not say who",
      "Line 9: they did not attend: “Linus”",
      /^In 1 line: only how long they were there is told/,
      /^The column “Lunch” was not read/,
    ]) {
      card.getByText(text);
    }
    expect(card.queryByRole("link")).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "Add 2 lines of 1 file" }));
    await allRead();
    const link = card.getByRole("link", { name: "Planning" });
    expect(link.getAttribute("href")).toBe("/meetings/m1");
    const dry = asked.map((path) => new URL(path, "http://x").searchParams.get("dry_run"));
    expect(dry).toEqual(["true", "false"]);
    expect(screen.queryByRole("button", { name: /^Add / })).toBeNull();
    screen.getByText("2 lines added to the history.");
  });

  it("reads the files again when a setting changes", async () => {
    const asked = serverAnswering([{ result: resultOf() }], [{ result: resultOf() }]);
    await renderLive(<ImportScreen page={pageOf()} />, liveSnapshotOf());
    choose("report.csv");
    await cardOf("report.csv");
    fireEvent.change(screen.getByLabelText("Dates such as 03/04/2026"), {
      target: { value: "day_first" },
    });
    await allRead();
    expect(asked).toHaveLength(2);
    expect(asked[1]).toContain("dates=day_first");
    screen.getByRole("button", { name: "Add 2 lines of 1 file" });
  });

  it("asks which reading of its dates is right, and reads the file so", async () => {
    const details = [
      { field: "dates", value: "month_first", message: "with the month first it is 9 May" },
      { field: "dates", value: "day_first", message: "with the day first it is 5 September" },
    ];
    const asked = serverAnswering(
      [{ error: { message: "Nothing says which.", details } }],
      [{ result: resultOf() }],
    );
    await renderLive(<ImportScreen page={pageOf()} />, liveSnapshotOf());
    choose("list.csv");
    const card = await cardOf("list.csv");
    card.getByText("with the month first it is 9 May");
    fireEvent.click(card.getByRole("button", { name: "Day first" }));
    await allRead();
    expect(asked[1]).toContain("dates=day_first");
    card.getByText(/^2 lines to add/);
  });

  it("asks for the room of a file that names none", async () => {
    const details = [{ field: "room", message: "“null” is no name of a room" }];
    const asked = serverAnswering(
      [{ error: { message: "Say which room it was.", details } }],
      [{ result: resultOf() }],
    );
    await renderLive(<ImportScreen page={pageOf()} />, liveSnapshotOf());
    choose("list.csv");
    const card = await cardOf("list.csv");
    fireEvent.change(card.getByLabelText("Room"), { target: { value: "Choir" } });
    fireEvent.click(card.getByRole("button", { name: "Read it this way" }));
    await allRead();
    expect(asked[1]).toContain("room=Choir");
  });

  it("asks for the meaning of unknown columns", async () => {
    const details = [
      { field: "columns", column: "Nama", as: null, message: "nobody knows this column" },
      { field: "columns", column: "Join Time", as: "joined", message: "when they came" },
    ];
    const asked = serverAnswering(
      [{ error: { message: "Line 1 was taken for the heading.", details } }],
      [{ result: resultOf() }],
    );
    await renderLive(<ImportScreen page={pageOf()} />, liveSnapshotOf());
    choose("list.csv");
    const card = await cardOf("list.csv");
    fireEvent.change(card.getByLabelText("Nama"), { target: { value: "name" } });
    fireEvent.click(card.getByRole("button", { name: "Read it this way" }));
    await allRead();
    const sent = new URL(asked[1] ?? "", "http://x").searchParams.get("columns");
    expect(JSON.parse(sent ?? "")).toEqual({ Nama: "name", "Join Time": "joined" });
  });

  it("shows why a file was not understood, or that an answer broke off", async () => {
    serverAnswering([{ error: { message: "This is no text." } }], ['{"progress":']);
    await renderLive(<ImportScreen page={pageOf()} />, liveSnapshotOf());
    choose("picture.csv", "cut.csv");
    const picture = await cardOf("picture.csv");
    expect(picture.getByRole("alert").textContent).toBe("This is no text.");
    const cut = await cardOf("cut.csv");
    expect(cut.getByRole("alert").textContent).toContain("The server stopped answering.");
  });

  it("sends one file after the other, and none that was dismissed before its turn", async () => {
    const asked: string[] = [];
    const answers: (() => void)[] = [];
    vi.stubGlobal("fetch", (path: string) => {
      asked.push(new URL(path, "http://x").searchParams.get("file") ?? "");
      const { promise, resolve } = Promise.withResolvers<Response>();
      answers.push(() => resolve(new Response(JSON.stringify({ result: resultOf() }))));
      return promise;
    });
    await renderLive(<ImportScreen page={pageOf()} />, liveSnapshotOf());
    choose("one.csv", "two.csv", "three.csv");
    await until(() => expect(asked).toEqual(["one.csv"]));
    fireEvent.click(screen.getByRole("button", { name: "Remove two.csv from the list" }));
    answers[0]?.();
    await until(() => expect(asked).toEqual(["one.csv", "three.csv"]));
    answers[1]?.();
    const card = await cardOf("three.csv");
    card.getByText(/^2 lines to add/);
    screen.getByRole("button", { name: "Add 4 lines of 2 files" });
  });

  it("sends nothing of a file that is too large, and lets it be dismissed", async () => {
    const asked = serverAnswering();
    await renderLive(<ImportScreen page={pageOf()} />, liveSnapshotOf());
    const huge = new File(["x"], "huge.csv");
    Object.defineProperty(huge, "size", { value: 104_857_600 });
    fireEvent.change(screen.getByLabelText(/Drop attendance files/), { target: { files: [huge] } });
    const card = await cardOf("huge.csv");
    expect(card.getByRole("alert").textContent).toContain("at most 32 MiB");
    expect(asked).toEqual([]);
    fireEvent.click(card.getByRole("button", { name: "Remove huge.csv from the list" }));
    expect(screen.queryByRole("region", { name: "huge.csv" })).toBeNull();
  });

  it("lists the imports, and shows what undoing one would remove before it does", async () => {
    const counts = { lines: 38, told_by_others: 2, meetings: 1, meetings_changed: 1, people: 20 };
    const undone = { import: "i1", dry_run: true, ...counts };
    const asked = serverAnswering([undone], [undone]);
    const over = { file: "wrong.csv", undoneBy: "Ada", undoneAt: Date.UTC(2026, 2, 13, 9) };
    await renderLive(<ImportScreen page={pageOf({}, over)} />, liveSnapshotOf());
    const list = within(screen.getByRole("region", { name: "Imported files" }));
    list.getByText(
      "Zoom file, times in Asia/Kolkata · 40 lines, 38 of them new, 2 meetings, 21 people",
      {
        selector: "li:first-child p",
      },
    );
    expect(list.getAllByText(/removed by/)).toHaveLength(1);
    fireEvent.click(list.getByRole("button", { name: "Remove report.csv" }));
    await until(() => screen.getByText("38 lines found in no other file"));
    const dialog = within(screen.getByRole("dialog"));
    for (const text of [
      "38 lines found in no other file",
      "1 meeting goes with them",
      "20 people go with them",
      "1 meeting is recalculated without them",
      "2 lines stay, because another file has the same",
    ]) {
      dialog.getByText(text);
    }
    fireEvent.click(dialog.getByRole("button", { name: "Remove" }));
    await until(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(asked).toEqual(["/api/v1/imports/i0?dry_run=true", "/api/v1/imports/i0"]);
  });
});
