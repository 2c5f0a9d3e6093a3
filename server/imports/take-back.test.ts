import { readdir, readFile } from "node:fs/promises";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { miscounted } from "#server/ingest/testing/everybody.ts";
import { dropMonths } from "#server/jobs/drop-months.ts";
import { replay } from "#server/jobs/replay.ts";
import { loseProjections, readModels } from "#server/testing/kept.ts";
import { openTestApp, SECRET, type TestApp } from "#server/testing/test-app.ts";
import { type ImportOrder, importFile } from "./import.ts";
import { ReadBefore } from "./refusal.ts";
import { undoImport } from "./take-back.ts";
import * as files from "./testing/files.ts";

let app: TestApp;

beforeAll(async () => {
  app = await openTestApp();
  app.now = Date.UTC(2026, 9, 20);
});
afterAll(() => app.close());
beforeEach(begin);

async function begin(): Promise<void> {
  await app.database.orm.transaction(async (tx) => {
    await tx.execute(sql`select set_config('rollcall.withdrawing', 'on', true)`);
    await tx.execute(sql`truncate events, attendances, waits, meetings, rooms, people, aliases,
      deliveries, delivery_keys, imports, import_lines cascade`);
  });
}

async function bring(
  lines: readonly string[],
  changes: Partial<ImportOrder> = {},
): Promise<string | null> {
  const { database, door } = app;
  app.now += 1000;
  const desk = { database, intake: door.intake, secret: SECRET, now: () => app.now };
  const order: ImportOrder = {
    file: "participants_81234567890.csv",
    zone: "Europe/Berlin",
    room: null,
    day: null,
    format: null,
    dates: null,
    dryRun: false,
    by: "Emmy",
    ...changes,
  };
  return (await importFile(desk, files.bytesOf(lines), order)).id;
}

const undo = (id: string | null, linesAtOnce?: number) =>
  undoImport(app.database, { id: id ?? "", by: "Ada", at: app.now }, linesAtOnce);

async function rest(): Promise<Record<string, number>> {
  const [row] = await app.database.orm.execute<Record<string, number>>(sql`
    select (select count(*) from deliveries)::int as deliveries,
      (select count(*) from delivery_keys)::int as keys, (select count(*) from rooms)::int as rooms,
      (select count(*) from meetings)::int as meetings, (select count(*) from people)::int as people,
      (select count(*) from aliases)::int as aliases, (select count(*) from waits)::int as waits,
      (select count(*) from import_lines)::int as lines`);
  return row ?? {};
}

const NOTHING = {
  deliveries: 0,
  keys: 0,
  rooms: 0,
  meetings: 0,
  people: 0,
  aliases: 0,
  waits: 0,
  lines: 0,
};

describe("an import that is taken back", () => {
  it("leaves nothing, not even for a replay, and says who took it back and when", async () => {
    const id = await bring(files.ZOOM, { zone: "Asia/Kolkata" });
    expect(await undo(id)).toMatchObject({ lines: 7, told_by_others: 0, meetings: 1, people: 4 });
    expect(await rest()).toEqual(NOTHING);
    await replay(app.database, null, () => undefined);
    expect(await rest()).toEqual(NOTHING);
    const [kept] = await app.database.sql`select * from imports`;
    expect(kept).toMatchObject({ by: "Emmy", undone_by: "Ada", undone_at: app.now, lines: 7 });
    expect(await undo(id)).toBeNull();
  });

  it("makes room for the same file, read as it should have been", async () => {
    await bring(files.ZOOM);
    const right = await readModels(app.database);
    await begin();
    await undo(await bring(files.ZOOM, { zone: "Asia/Kolkata" }));
    await bring(files.ZOOM);
    expect(await readModels(app.database)).toEqual(right);
  });

  it("leaves what another file tells too, as that one has it", async () => {
    await bring(files.ZOOM);
    const right = await readModels(app.database);
    await begin();
    const wrong = await bring(files.ZOOM, { zone: "Asia/Kolkata" });
    const [before] = await app.database.sql`select id from meetings`;
    await bring(files.ZOOM);
    expect(await undo(wrong)).toMatchObject({
      lines: 0,
      told_by_others: 7,
      meetings: 0,
      people: 0,
    });
    expect(await readModels(app.database)).toEqual(right);
    const [kept] = await app.database.sql`
      select merged_into from meetings where id = ${before?.["id"]}`;
    expect(kept).toBeUndefined();
  });

  it("is one import however often the same file is sent", async () => {
    const id = await bring(files.ZOOM);
    expect(await bring(files.ZOOM)).toBe(id);
    await undo(id);
    expect(await rest()).toEqual(NOTHING);
    expect(await bring(files.ZOOM)).not.toBe(id);
  });

  it("is refused, and all of it stays, when the month in which it was brought was dropped", async () => {
    const id = await bring(files.ZOOM);
    const before = await readModels(app.database);
    const now = app.now + 40 * 86_400_000;
    await dropMonths(app.database, { before: "2026-11", withUnreadable: false, now });
    await expect(undo(id)).rejects.toThrow("what it told stays");
    expect(await readModels(app.database)).toEqual(before);
    const [kept] = await app.database.sql`select undone_at from imports`;
    expect(kept).toEqual({ undone_at: null });
  });

  it("is none where nothing of the file could be told", async () => {
    app.now = Date.UTC(2020, 0, 1);
    expect(await bring(files.ZOOM, { dates: "month_first" })).toBeNull();
    app.now = Date.UTC(2026, 9, 20);
    expect(await app.database.sql`select from imports`).toHaveLength(0);
  });

  it("gives the room back the name that others gave it, and takes returns with it", async () => {
    const day = (topic: string, from: string, to: string, row: string) => [
      "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants",
      `812 3456 7890,${topic},03/12/2026 ${from},03/12/2026 ${to},,60,1`,
      "",
      files.ZOOM_COLUMNS,
      row,
    ];
    const waited = "Bo,,03/12/2026 09:00:00 AM,03/12/2026 09:20:00 AM,20,Yes,,Yes";
    const came = "Bo,,03/12/2026 02:00:00 PM,03/12/2026 02:59:00 PM,59,Yes,,No";
    await bring(day("Morning", "09:00:00 AM", "10:00:00 AM", waited), { file: "a.csv" });
    const alone = await readModels(app.database);
    const id = await bring(day("Evening", "02:00:00 PM", "03:00:00 PM", came), { file: "b.csv" });
    const rooms = await app.database.sql`select title from rooms`;
    expect(rooms).toEqual([{ title: "Evening" }]);
    expect(await app.database.sql`select from waits where returned`).toHaveLength(1);
    await undo(id);
    expect(await readModels(app.database)).toEqual(alone);
  });

  it("goes on where it was broken off", async () => {
    const id = await bring(files.ZOOM);
    await app.database.sql`update imports set undone_at = 1, undone_by = 'Cy' where id = ${id}`;
    expect(await undo(id, 2)).toMatchObject({ lines: 7, told_by_others: 0 });
    expect(await rest()).toEqual(NOTHING);
    expect(await app.database.sql`select undone_by from imports`).toEqual([{ undone_by: "Cy" }]);
  });

  it("tells nothing of a room that was erased meanwhile", async () => {
    const id = await bring(files.ZOOM);
    const again = await bring(files.ZOOM, { zone: "Asia/Kolkata" });
    await app.database.sql`update rooms set erased_at = 1`;
    await app.database.sql`delete from import_lines`;
    await app.database.sql`update deliveries set body = ''`;
    expect(await undo(id)).toMatchObject({ lines: 0, told_by_others: 0 });
    expect(await undo(again)).toMatchObject({ lines: 0, told_by_others: 0 });
    expect(await app.database.sql`select from deliveries`).toHaveLength(7);
  });
});

describe("for any two files", () => {
  const NAMES = ["Ada", "ADA ", "Bo", "iPhone", ""];
  const clock = (minute: number) => {
    const two = (value: number) => String(value).padStart(2, "0");
    return `2026-03-12 ${two(10 + Math.floor(minute / 60))}:${two(minute % 60)}:00`;
  };
  const row = fc
    .record({
      name: fc.constantFrom(...NAMES),
      email: fc.constantFrom("", "ada@example.org"),
      from: fc.constantFrom(0, 10, 30, 45, 90, 100),
      length: fc.constantFrom(0, 5, 20, 40),
      waiting: fc.boolean(),
    })
    .map(
      ({ name, email, from, length, waiting }) =>
        `${name},${email},${clock(from)},${clock(from + length)},${length},No,,${waiting ? "Yes" : "No"}`,
    );
  const file = fc.record({
    rows: fc.array(row, { minLength: 1, maxLength: 8 }),
    head: fc.constantFrom(null, "Biology", "Chemistry"),
    zone: fc.constantFrom("Europe/Berlin", "Asia/Kolkata"),
    room: fc.constantFrom(null, "lab"),
    name: fc.constantFrom("a.csv", "participants_81234567890.csv"),
  });
  type AnyFile = {
    rows: string[];
    head: string | null;
    zone: string;
    room: string | null;
    name: string;
  };
  const linesOf = ({ rows, head }: AnyFile) => [
    ...(head === null
      ? []
      : [
          "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants",
          `812 3456 7890,${head},2026-03-12 10:00:00,2026-03-12 11:00:00,ada@example.org,60,4`,
          "",
        ]),
    files.ZOOM_COLUMNS,
    ...rows,
  ];
  const REFUSED = "refused";
  /** The very same file that would tell its meetings a second time is refused, and tells nothing. */
  const send = async (one: AnyFile) => {
    try {
      return await bring(linesOf(one), { file: one.name, zone: one.zone, room: one.room });
    } catch (error) {
      if (!(error instanceof ReadBefore)) throw error;
      return REFUSED;
    }
  };

  test("what is left is what the others alone would have made, and a replay tells the same", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(file, { minLength: 2, maxLength: 3 }),
        fc.nat(2),
        fc.boolean(),
        async (all, at, small) => {
          const index = at % all.length;
          await begin();
          for (const [position, one] of all.entries()) if (position !== index) await send(one);
          const others = await readModels(app.database);
          await begin();
          const ids: (string | null)[] = [];
          for (const one of all) ids.push(await send(one));
          const id = ids[index] ?? null;
          // The same file in the same reading is the same import.
          fc.pre(ids.filter((other) => other === id).length === 1);
          // Alone, the others might have been taken.
          fc.pre(!ids.includes(REFUSED));
          // Of a file that tells nothing there is no import.
          if (id !== null) await undo(id, small ? 2 : undefined);
          expect(await readModels(app.database)).toEqual(others);
          expect(await miscounted(app.database)).toEqual([]);
          const idle = await replay(app.database, null, () => undefined);
          expect(idle.changed).toBe(0);
          await loseProjections(app.database);
          await replay(app.database, null, () => undefined);
          expect(await readModels(app.database)).toEqual(others);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("whatever the order, taking back all of them leaves nothing", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(file, { minLength: 1, maxLength: 3 }),
        fc.infiniteStream(fc.nat()),
        async (all, chance) => {
          await begin();
          const ids = new Set<string | null>();
          for (const one of all) ids.add(await send(one));
          ids.delete(REFUSED);
          ids.delete(null);
          const order = [...ids].map((id) => ({ id, at: chance.next().value ?? 0 }));
          for (const { id } of order.toSorted((a, b) => a.at - b.at)) await undo(id);
          expect(await rest()).toEqual(NOTHING);
        },
      ),
      { numRuns: 15 },
    );
  });
});

test("what was imported before imports were kept stands as well, file by file, and can be taken back", async () => {
  await bring(files.ZOOM);
  await bring(files.TEAMS_LIST, { file: "List.csv", dates: "month_first", zone: "UTC" });
  const { sql: ask } = app.database;
  const kept = () => ask`
    select i.file, i.time_zone, i.dates, i.lines, i.added, i.meetings, i.people, l.key, l.room, l.body
    from imports i join import_lines l on l.import_id = i.id order by i.file desc, l.key`;
  const before = await kept();
  expect(before.length).toBeGreaterThan(10);
  await ask`delete from imports`;
  const folder = new URL("../../db/migrations/", import.meta.url);
  const name = (await readdir(folder)).find((file) => file.endsWith("_imports.sql")) ?? "";
  const [, carried = ""] = (await readFile(new URL(name, folder), "utf8")).split(
    "-- What was imported",
  );
  for (const statement of `-- ${carried}`.split("--> statement-breakpoint"))
    await ask.unsafe(statement);
  expect(await kept()).toEqual(before);
  const rows = await ask<{ id: string; by: string | null }[]>`select id, by from imports`;
  for (const { id, by } of rows) {
    expect(by).toBeNull();
    await undo(id);
  }
  expect(await rest()).toEqual(NOTHING);
});
