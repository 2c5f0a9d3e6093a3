import { readdir, readFile } from "node:fs/promises";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { runs } from "#db/testing/runs.ts";
import { miscounted } from "#server/ingest/testing/everybody.ts";
import { erasePerson } from "#server/privacy/erasure/erase-person.ts";
import { dropMonths } from "#server/runtime/jobs/drop-months.ts";
import { replay } from "#server/runtime/jobs/replay.ts";
import { ADA } from "#server/testing/actor.ts";
import { loseProjections, readModels } from "#server/testing/stored.ts";
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
beforeEach(emptyTables);

async function emptyTables(): Promise<void> {
  await app.database.orm.transaction(async (tx) => {
    await tx.execute(sql`select set_config('rollcall.withdrawing', 'on', true)`);
    await tx.execute(sql`truncate events, attendances, waits, meetings, rooms, people, aliases,
      deliveries, delivery_keys, imports, import_lines, erased_people, erased_identities, kept_returns cascade`);
  });
}

async function importLines(
  lines: readonly string[],
  changes: Partial<ImportOrder> = {},
): Promise<string | null> {
  const { database, door } = app;
  app.now += 1000;
  const context = { database, intake: door.intake, secret: SECRET, now: () => app.now };
  const order: ImportOrder = {
    file: "participants_81234567890.csv",
    zone: "Europe/Berlin",
    room: null,
    day: null,
    format: null,
    dates: null,
    dryRun: false,
    by: "Emmy",
    actor: ADA,
    ...changes,
  };
  return (await importFile(context, files.bytesOf(lines), order)).id;
}

const undo = (id: string | null, linesAtOnce?: number) =>
  undoImport(
    app.database,
    { id: id ?? "", file: "a.csv", by: "Ada", actor: ADA, at: app.now },
    linesAtOnce,
  );

async function counts(): Promise<Record<string, number>> {
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

describe("an import that is undone", () => {
  it("leaves nothing, not even for a replay, and stores who undid it and when", async () => {
    const id = await importLines(files.ZOOM, { zone: "Asia/Kolkata" });
    expect(await undo(id)).toMatchObject({ lines: 7, told_by_others: 0, meetings: 1, people: 4 });
    expect(await counts()).toEqual(NOTHING);
    await replay(app.database, null, () => undefined);
    expect(await counts()).toEqual(NOTHING);
    const [stored] = await app.database.sql`select * from imports`;
    expect(stored).toMatchObject({
      by: "Emmy",
      undone_by: "Ada",
      undone_at: app.now,
      lines: 7,
    });
    expect(await undo(id)).toBeNull();
  });

  it("lets the same file be imported again with the right options", async () => {
    await importLines(files.ZOOM);
    const right = await readModels(app.database);
    await emptyTables();
    await undo(await importLines(files.ZOOM, { zone: "Asia/Kolkata" }));
    await importLines(files.ZOOM);
    expect(await readModels(app.database)).toEqual(right);
  });

  it("leaves the lines that another file has too, as that file has them", async () => {
    await importLines(files.ZOOM);
    const right = await readModels(app.database);
    await emptyTables();
    const wrong = await importLines(files.ZOOM, { zone: "Asia/Kolkata" });
    const [before] = await app.database.sql`select id from meetings`;
    await importLines(files.ZOOM);
    expect(await undo(wrong)).toMatchObject({
      lines: 0,
      told_by_others: 7,
      meetings: 0,
      people: 0,
    });
    expect(await readModels(app.database)).toEqual(right);
    const [stored] = await app.database.sql`
      select merged_into from meetings where id = ${before?.["id"]}`;
    expect(stored).toBeUndefined();
  });

  it("leaves what another import says of an erased person, whose lines are empty", async () => {
    await importLines(files.ZOOM);
    const wrong = await importLines([...files.ZOOM, ""], { file: "again.csv" });
    const [somebody] = await app.database.sql`select id from people where meetings > 0 order by id`;
    const erasing = { by: ADA, secret: SECRET, now: () => app.now, onErased: () => undefined };
    await erasePerson(app.database, String(somebody?.["id"]), erasing);
    const before = await readModels(app.database);
    await undo(wrong);
    expect(await readModels(app.database)).toEqual(before);
  });

  it("is one import, even when the same file is sent again", async () => {
    const id = await importLines(files.ZOOM);
    expect(await importLines(files.ZOOM)).toBe(id);
    await undo(id);
    expect(await counts()).toEqual(NOTHING);
    expect(await importLines(files.ZOOM)).not.toBe(id);
  });

  it("is refused, and all of it stays, when the deliveries of its month were dropped", async () => {
    const id = await importLines(files.ZOOM);
    const before = await readModels(app.database);
    const now = app.now + 40 * 86_400_000;
    await dropMonths(app.database, { before: "2026-11", withUnreadable: false, by: ADA, now });
    await expect(undo(id)).rejects.toThrow("what was read from them stays");
    expect(await readModels(app.database)).toEqual(before);
    const [stored] = await app.database.sql`select undone_at from imports`;
    expect(stored).toEqual({ undone_at: null });
  });

  it("does not exist where no line of the file could be read", async () => {
    app.now = Date.UTC(2020, 0, 1);
    expect(await importLines(files.ZOOM, { dates: "month_first" })).toBeNull();
    app.now = Date.UTC(2026, 9, 20);
    expect(await app.database.sql`select from imports`).toHaveLength(0);
  });

  it("gives the room back its earlier title, and removes returns with it", async () => {
    const day = (topic: string, from: string, to: string, row: string) => [
      "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants",
      `812 3456 7890,${topic},03/12/2026 ${from},03/12/2026 ${to},,60,1`,
      "",
      files.ZOOM_COLUMNS,
      row,
    ];
    const waited = "Bo,,03/12/2026 09:00:00 AM,03/12/2026 09:20:00 AM,20,Yes,,Yes";
    const came = "Bo,,03/12/2026 02:00:00 PM,03/12/2026 02:59:00 PM,59,Yes,,No";
    await importLines(day("Morning", "09:00:00 AM", "10:00:00 AM", waited), { file: "a.csv" });
    const alone = await readModels(app.database);
    const id = await importLines(day("Evening", "02:00:00 PM", "03:00:00 PM", came), {
      file: "b.csv",
    });
    const rooms = await app.database.sql`select title from rooms`;
    expect(rooms).toEqual([{ title: "Evening" }]);
    expect(await app.database.sql`select from waits where returned`).toHaveLength(1);
    await undo(id);
    expect(await readModels(app.database)).toEqual(alone);
  });

  it("goes on where it was interrupted", async () => {
    const id = await importLines(files.ZOOM);
    await app.database.sql`update imports set undone_at = 1, undone_by = 'Cy' where id = ${id}`;
    expect(await undo(id, 2)).toMatchObject({ lines: 7, told_by_others: 0 });
    expect(await counts()).toEqual(NOTHING);
    expect(await app.database.sql`select undone_by from imports`).toEqual([{ undone_by: "Cy" }]);
  });

  it("projects nothing of a room that was erased meanwhile", async () => {
    const id = await importLines(files.ZOOM);
    const again = await importLines(files.ZOOM, { zone: "Asia/Kolkata" });
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
  /** Imports a file; `REFUSED` where the same file was imported before, read in another way. */
  const importOrRefused = async (one: AnyFile) => {
    try {
      return await importLines(linesOf(one), { file: one.name, zone: one.zone, room: one.room });
    } catch (error) {
      if (!(error instanceof ReadBefore)) throw error;
      return REFUSED;
    }
  };

  test("what is left is what the others alone would have made, also after a replay", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(file, { minLength: 2, maxLength: 3 }),
        fc.nat(2),
        fc.boolean(),
        async (all, at, small) => {
          const index = at % all.length;
          await emptyTables();
          for (const [position, one] of all.entries())
            if (position !== index) await importOrRefused(one);
          const others = await readModels(app.database);
          await emptyTables();
          const ids: (string | null)[] = [];
          for (const one of all) ids.push(await importOrRefused(one));
          const id = ids[index] ?? null;
          // The same file in the same reading is the same import.
          fc.pre(ids.filter((other) => other === id).length === 1);
          // Without the refusing import, the others might have been accepted.
          fc.pre(!ids.includes(REFUSED));
          // A file without readable lines is no import.
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
      { numRuns: runs(8) },
    );
  });

  test("undoing all of them in any order leaves nothing", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(file, { minLength: 1, maxLength: 3 }),
        fc.infiniteStream(fc.nat()),
        async (all, chance) => {
          await emptyTables();
          const ids = new Set<string | null>();
          for (const one of all) ids.add(await importOrRefused(one));
          ids.delete(REFUSED);
          ids.delete(null);
          const order = [...ids].map((id) => ({ id, at: chance.next().value ?? 0 }));
          for (const { id } of order.toSorted((a, b) => a.at - b.at)) await undo(id);
          expect(await counts()).toEqual(NOTHING);
        },
      ),
      { numRuns: runs(6) },
    );
  });
});

test("files imported before the table of imports existed are listed there too, and can be undone", async () => {
  await importLines(files.ZOOM);
  await importLines(files.TEAMS_LIST, { file: "List.csv", dates: "month_first", zone: "UTC" });
  const { sql: ask } = app.database;
  const stored = () => ask`
    select i.file, i.time_zone, i.dates, i.lines, i.added, i.meetings, i.people, l.key, l.room, l.body
    from imports i join import_lines l on l.import_id = i.id order by i.file desc, l.key`;
  const before = await stored();
  expect(before.length).toBeGreaterThan(10);
  await ask`delete from imports`;
  const folder = new URL("../../../db/migrations/", import.meta.url);
  const name = (await readdir(folder)).find((file) => file.endsWith("_imports.sql")) ?? "";
  const [, carried = ""] = (await readFile(new URL(name, folder), "utf8")).split(
    "-- What was imported",
  );
  for (const statement of `-- ${carried}`.split("--> statement-breakpoint"))
    await ask.unsafe(statement);
  expect(await stored()).toEqual(before);
  const rows = await ask<{ id: string; by: string | null }[]>`select id, by from imports`;
  for (const { id, by } of rows) {
    expect(by).toBeNull();
    await undo(id);
  }
  expect(await counts()).toEqual(NOTHING);
});
