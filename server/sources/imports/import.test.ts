import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import type { ImportResult } from "#domain/sources/imports/imports.ts";
import { replay } from "#server/runtime/jobs/replay.ts";
import { ADA } from "#server/testing/actor.ts";
import { loseProjections, readModels } from "#server/testing/stored.ts";
import { openTestApp, SECRET, type TestApp } from "#server/testing/test-app.ts";
import { BadColumns, columnsIn } from "./columns-said.ts";
import { type ImportOrder, importFile } from "./import.ts";
import * as files from "./testing/files.ts";

let app: TestApp;

beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.database.orm.transaction(async (tx) => {
    await tx.execute(sql`select set_config('rollcall.withdrawing', 'on', true)`);
    await tx.execute(
      sql`truncate events, attendances, waits, meetings, rooms, people, aliases, deliveries, delivery_keys, imports, import_lines cascade`,
    );
  });
  app.now = Date.UTC(2026, 9, 20);
});

const ZOOM_FILE = "participants_81234567890.csv";

function order(changes: Partial<ImportOrder> = {}): ImportOrder {
  return {
    file: ZOOM_FILE,
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
}

function importLines(
  lines: readonly string[] | Uint8Array,
  changes: Partial<ImportOrder> = {},
): Promise<ImportResult> {
  const bytes = lines instanceof Uint8Array ? lines : files.bytesOf(lines);
  const { database, door } = app;
  const context = { database, intake: door.intake, secret: SECRET, now: () => app.now };
  return importFile(context, bytes, order(changes));
}

/** Who was there, for how long: `Ada Lovelace 52:55 left, host`. */
async function people(): Promise<string[]> {
  const rows = await app.database.orm.execute<{
    name: string | null;
    ms: number;
    status: string;
    host: boolean;
    inferred: boolean;
  }>(sql`
    select a.name, a.attended_ms as ms, a.status, a.is_host or a.tenures <> '[]' as host,
      jsonb_path_exists(a.visits, '$[*] ? (@.end == "inferred")') as inferred
    from attendances a join meetings m on m.id = a.meeting_id
    order by m.first_at, a.first_joined_at, a.name`);
  return rows.map(({ name, ms, status, host, inferred }) => {
    const [minutes, seconds] = [Math.floor(ms / 60_000), (ms / 1000) % 60];
    const length = `${minutes}:${String(seconds).padStart(2, "0")}`;
    return `${name ?? "?"} ${length} ${status}${host ? ", host" : ""}${inferred ? ", inferred" : ""}`;
  });
}

/** All meetings: `room | title | 03-12 08:55 – 03-12 10:00 | ended | 4`, in UTC. */
async function meetings(): Promise<string[]> {
  const rows = await app.database.orm.execute<{ line: string }>(sql`
    select concat_ws(' | ', r.key, r.title,
      to_char(to_timestamp(m.started_at / 1000.0), 'MM-DD HH24:MI') || ' – '
        || coalesce(to_char(to_timestamp(m.ended_at / 1000.0), 'MM-DD HH24:MI'), 'now'),
      m.status, m.people_count) as line
    from meetings m join rooms r on r.id = m.room_id
    where merged_into is null order by m.first_at, r.key`);
  return rows.map(({ line }) => line);
}

async function waits(): Promise<string[]> {
  const rows = await app.database.orm.execute<{ line: string }>(sql`
    select concat_ws(' ', name, (ended_at - started_at) / 1000, outcome) as line
    from waits order by started_at, name`);
  return rows.map(({ line }) => line);
}

describe("a Zoom report of every stay", () => {
  it("becomes a meeting with its people, waits and host", async () => {
    const result = await importLines(files.ZOOM);
    expect(result.rows).toEqual({
      read: 7,
      new: 7,
      known: 0,
      double: 0,
      refused: 0,
      skipped: 3,
      left_out: 0,
      erased: 0,
    });
    expect(result).toMatchObject({
      format: "zoom",
      people: 4,
      meeting_count: 1,
      room_from: "file",
    });
    expect(await meetings()).toEqual([
      "81234567890 | Biology, evening | 03-12 08:55 – 03-12 10:00 | ended | 4",
    ]);
    expect(await people()).toEqual([
      "Emmy Noether 65:00 left, host",
      "Ada Lovelace 52:55 left",
      "Bo 54:59 left",
      'Ng, Cy "the Fox" 0:00 not_admitted',
    ]);
    expect(await waits()).toEqual(["Bo 240 admitted", 'Ng, Cy "the Fox" 480 left']);
  });

  it("leads to the meetings it made", async () => {
    const { meetings: made } = await importLines(files.ZOOM);
    const [row] = await app.database.orm.execute<{ id: string }>(sql`select id from meetings`);
    expect(made).toEqual([
      {
        id: row?.id,
        room: "81234567890",
        title: "Biology, evening",
        from: "2026-03-12T08:55:00.000Z",
        to: "2026-03-12T10:00:00.000Z",
        people: 4,
      },
    ]);
  });

  it("has the room of its file's name where it has no head", async () => {
    await importLines([files.ZOOM_COLUMNS, ...files.ZOOM_ROWS]);
    expect(await meetings()).toEqual(["81234567890 | 03-12 08:55 – 03-12 10:00 | ended | 4"]);
    // The same rows with a head are the same lines.
    const again = await importLines(files.ZOOM);
    expect(again.rows).toMatchObject({ new: 1, known: 6 });
    expect(await meetings()).toEqual([
      "81234567890 | Biology, evening | 03-12 08:55 – 03-12 10:00 | ended | 4",
    ]);
  });

  it("is refused where it adds up unique users", async () => {
    const unique = [
      "Name (Original Name),User Email,Total Duration (Minutes),Guest",
      "Ada,ada@example.org,52,No",
    ];
    await expect(importLines(unique)).rejects.toThrow("Show unique users");
    expect(await meetings()).toEqual([]);
  });

  it("may have several meetings, one in each row", async () => {
    const columns =
      "Topic,Meeting ID,Start Time,End Time,Name (Original Name),User Email,Join Time,Leave Time";
    const row = (topic: string, id: string, day: string, name: string) =>
      `${topic},${id},03/${day}/2026 10:00,03/${day}/2026 11:00,${name},,03/${day}/2026 10:00,03/${day}/2026 10:50`;
    const result = await importLines([
      columns,
      row("Algebra", "111 111 1111", "20", "Ada"),
      row("Algebra", "111 111 1111", "20", "Bo"),
      row("Algebra", "111 111 1111", "27", "Ada"),
      row("Logic", "222 222 2222", "27", "Ada"),
    ]);
    expect(result).toMatchObject({ meeting_count: 3, people: 2 });
    expect(await meetings()).toEqual([
      "1111111111 | Algebra | 03-20 09:00 – 03-20 10:00 | ended | 2",
      "1111111111 | Algebra | 03-27 09:00 – 03-27 10:00 | ended | 1",
      "2222222222 | Logic | 03-27 09:00 – 03-27 10:00 | ended | 1",
    ]);
  });

  it("of a webinar leaves out who did not come", async () => {
    const columns =
      "Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes)";
    const result = await importLines([
      "Attendee Report,",
      "Topic,Webinar ID,Actual Start Time,Actual Duration (minutes)",
      "Pricing,123 456 789,10/16/2026 06:00 PM,60",
      "Host Details,",
      columns,
      "Yes,Host,host@example.org,10/16/2026 05:59 PM,10/16/2026 07:05 PM,66",
      "Attendee Details,",
      columns,
      "Yes,Ada,ada@example.org,10/16/2026 06:02 PM,10/16/2026 06:58 PM,56",
      "No,Linus,linus@example.org,--,--,--",
    ]);
    expect(result.rows).toMatchObject({ read: 3, refused: 0, left_out: 1 });
    expect(result.left_out).toEqual([
      { line: 10, reason: "they did not attend: “No, Linus, linus@example.org”" },
    ]);
    expect(await people()).toEqual(["Host 66:00 left, host", "Ada 56:00 left"]);
  });
});

describe("a Teams report", () => {
  it("is read by its stays, not by its sums", async () => {
    const lines = [...files.TEAMS_HEAD, ...files.TEAMS_PEOPLE, ...files.TEAMS_STAYS];
    const result = await importLines(files.wideBytesOf(lines), {
      file: "Planning.csv",
      zone: "UTC",
    });
    expect(result).toMatchObject({
      format: "teams",
      people: 2,
      remark_counts: { inferred_end: 0 },
    });
    expect(await meetings()).toEqual([
      "Planning | Planning | 03-12 08:58 – 03-12 10:02 | ended | 2",
    ]);
    expect(await people()).toEqual(["Grace Hopper 64:00 left, host", "Linus (Guest) 40:10 left"]);
  });

  it("without its stays gives the length, and the end is inferred", async () => {
    const lines = [...files.TEAMS_HEAD, ...files.TEAMS_PEOPLE];
    const result = await importLines(files.wideBytesOf(lines), {
      file: "Planning.csv",
      zone: "UTC",
    });
    expect(result.remarks).toEqual([
      { line: 11, remark: "inferred_end", cell: "“40m 10s” in “In-Meeting Duration”" },
    ]);
    expect(await people()).toEqual([
      "Grace Hopper 64:00 left, host",
      "Linus (Guest) 40:10 left, inferred",
    ]);
  });

  it("is read in German, and without a mark of its encoding", async () => {
    const wide = files.wideBytesOf(files.TEAMS_GERMAN).subarray(2);
    const result = await importLines(wide, { file: "Planung.csv" });
    expect(result.dates).toEqual({ order: "month_first", from: "file", proof: null });
    expect(await meetings()).toEqual(["Planung | Planung | 10-06 16:00 – 10-06 17:00 | ended | 1"]);
    expect(await people()).toEqual(["Käthe Jürgens 59:00 left, host"]);
  });

  it("of 2021 names its meeting in lines without numbers", async () => {
    const lines = [
      "Meeting Summary",
      "Total Number of Participants\t1",
      "Meeting Title\tStaff",
      "Meeting Start Time\t9/13/2021, 5:28:00 PM",
      "Meeting End Time\t9/13/2021, 6:30:00 PM",
      "Meeting Id\t19:meeting-one",
      "",
      "Full Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\tParticipant ID (UPN)",
      "Jane Doe\t9/13/2021, 5:30:21 PM\t9/13/2021, 6:29:21 PM\t59m\tjane@example.org\tOrganizer\tjane@example.org",
    ];
    await importLines(files.wideBytesOf(lines), { file: "Staff.csv", zone: "UTC" });
    expect(await meetings()).toEqual([
      "19:meeting-one | Staff | 09-13 17:28 – 09-13 18:30 | ended | 1",
    ]);
    expect(await people()).toEqual(["Jane Doe 59:00 left, host"]);
  });

  it("of a live event is in UTC in any zone", async () => {
    const row = (who: string, name: string, at: string, action: string) =>
      `s-${who},${who},${name},Agent,${at},${action},Attendee`;
    const lines = [
      "SessionId,ParticipantId,FullName,UserAgent,UtcEventTimestamp,Action,Role",
      row("ada@example.org", "Ada", "1/25/2022 4:48:08 PM", "Joined"),
      row("bo@example.org", "Bo", "1/25/2022 4:51:13 PM", "Joined"),
      row("ada@example.org", "Ada", "1/25/2022 5:25:54 PM", "Left"),
      row("bo@example.org", "Bo", "1/25/2022 5:30:00 PM", "Left"),
    ];
    const result = await importLines(lines, { file: "AttendeeReport.csv", zone: "Asia/Kolkata" });
    expect(result.rows).toMatchObject({ read: 5, refused: 0 });
    // All such files have this name, so nothing names the room.
    expect(await meetings()).toEqual([
      "AttendeeReport 2022-01-25 16:48 | 01-25 16:48 – 01-25 17:30 | ended | 2",
    ]);
    expect(await people()).toEqual(["Ada 37:46 left", "Bo 38:47 left"]);
  });

  it("of joins and leaves ends with its last line, inferred for people still present", async () => {
    const file = "meetingAttendanceList(Statistics) (2).csv";
    const result = await importLines(files.TEAMS_LIST, { file, zone: "UTC" });
    expect(result).toMatchObject({
      room_from: "file_name",
      remarks: [
        { line: 2, remark: "was_there_before" },
        { line: 2, remark: "end_unknown" },
        { line: 5, remark: "end_unknown" },
      ],
    });
    expect(await meetings()).toEqual(["Statistics | 04-23 18:44 – 04-23 18:55 | ended | 2"]);
    expect(await people()).toEqual([
      "Grace Hopper 10:38 left, inferred",
      "Linus 4:00 left, inferred",
    ]);
  });
});

describe("a Meet report", () => {
  it("takes its day from its file's name, and goes on past midnight", async () => {
    const result = await importLines(files.MEET, {
      file: "2026-03-12 22-58 Choir - Attendance report.csv",
    });
    expect(result.remarks).toMatchObject([{ line: 3, remark: "inferred_end" }]);
    expect(await meetings()).toEqual(["Choir | 03-12 21:58 – 03-12 23:00 | ended | 2"]);
    expect(await people()).toEqual([
      "Grace Hopper 40:00 left, inferred",
      "Ada Lovelace 58:00 left",
    ]);
  });

  it("without a day is refused line by line, until the operator enters the day", async () => {
    const file = { file: "Choir.csv" };
    const result = await importLines(files.MEET, file);
    expect(result.refused[0]).toEqual({ line: 2, reason: "the time “11:02 PM” has no date" });
    expect(result.rows).toMatchObject({ read: 0, refused: 2 });
    // Two people, and the event that joins their stays to one meeting.
    expect((await importLines(files.MEET, { ...file, day: "2026-03-12" })).rows.new).toBe(3);
  });

  it("may name its meeting, its day and its times in a head", async () => {
    const lines = [
      "Meeting title,Date,Start time,End time",
      "Standup,2026-05-11,09:00,09:32",
      "",
      "Name,Email,Duration,Time joined,Time exited",
      "Alice Doe,alice@example.org,32m,9:00:12,9:32:01",
    ];
    await importLines(lines, { file: "report.csv", zone: "UTC" });
    expect(await meetings()).toEqual(["Standup | Standup | 05-11 09:00 – 05-11 09:32 | ended | 1"]);
    expect(await people()).toEqual(["Alice Doe 31:49 left"]);
  });

  it("as a log gives every stay by its end", async () => {
    const result = await importLines(files.MEET_LOG, { file: "Meet log.csv" });
    expect(result.rows).toMatchObject({ read: 2, skipped: 1, left_out: 1 });
    expect(await meetings()).toEqual(["ABCDEFGHIJ | 03-12 09:00 – 03-12 09:31 | ended | 2"]);
    expect(await people()).toEqual(["Ada 30:00 left, host", "Guest 1:00 left"]);
  });
});

describe("what cannot be read", () => {
  it("is refused line by line, with the reason", async () => {
    const result = await importLines([
      files.ZOOM_COLUMNS,
      "Ada,,25/13/2024 10:00,25/13/2024 11:00,60,No,,No",
      ",,03/12/2026 10:00,03/12/2026 11:00,60,No,,No",
      "Bo,,03/13/2026 10:00,03/13/2026 09:00,60,No,,No",
      'Cy,"never closed,03/13/2026 10:00',
      "Di,,03/13/2026 10:00,,,No,,No",
      "Ed,,03/13/2026 10:00,,12,No,,No",
      "=HYPERLINK(1),,03/13/2026 10:00,03/13/2026 10:01,1,No,,No",
    ]);
    expect(result.refused).toEqual([
      { line: 2, reason: "the time “25/13/2024 10:00” is no date" },
      { line: 3, reason: "it does not say who" },
      { line: 4, reason: "they leave before they come" },
      { line: 5, reason: "a quotation mark is never closed" },
      { line: 6, reason: "it does not say when they left" },
    ]);
    expect(await people()).toEqual(["=HYPERLINK(1) 1:00 left", "Ed 12:00 left"]);
  });

  it.each([
    ["nothing", new Uint8Array(), "The file is empty."],
    ["a workbook", Uint8Array.of(0x50, 0x4b, 3, 4, 20), "save the report as CSV"],
    ["a picture", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3), "This is no text"],
    ["a letter", files.bytesOf(["Dear Emmy,", "", "thank you."]), "No line of this file names"],
    ["one gigantic line", Buffer.alloc(4_000_000, "a,"), "Line 1 is longer than 65536 characters"],
    ["a gigantic cell", Buffer.from(`a,"${"b\n".repeat(900_000)}`), "More than 200000 lines"],
    [
      "zeros later on",
      Buffer.concat([files.bytesOf(files.ZOOM), Buffer.alloc(300_000)]),
      "no text",
    ],
  ])("%s leaves nothing behind", async (_name, bytes, message) => {
    await expect(importLines(bytes)).rejects.toThrow(message);
    expect(await meetings()).toEqual([]);
  });

  it("takes no more memory than the file has, with any content", async () => {
    const before = process.memoryUsage().arrayBuffers;
    const huge = Buffer.alloc(32_000_000, `${"x".repeat(60)}\n`);
    await expect(importLines(huge)).rejects.toThrow("More than 200000 lines");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64_000_000);
  });
});

describe("the zone in which the clocks of a file stood", () => {
  const stay = (from: string, to: string) => [files.ZOOM_COLUMNS, `Ada,,${from},${to},,No,,No`];

  it.each([
    [
      "half an hour off",
      "Asia/Kolkata",
      "2026-03-12 10:00",
      "2026-03-12 11:00",
      "03-12 04:30 – 03-12 05:30",
    ],
    [
      "over midnight",
      "Europe/Berlin",
      "2026-03-12 23:30",
      "2026-03-13 00:30",
      "03-12 22:30 – 03-12 23:30",
    ],
    [
      "its own in the file",
      "Europe/Berlin",
      "2026-03-12T10:00:00Z",
      "2026-03-12T11:00:00Z",
      "03-12 10:00 – 03-12 11:00",
    ],
    [
      "clocks go forward meanwhile",
      "Europe/Berlin",
      "2026-03-29 01:30",
      "2026-03-29 03:30",
      "03-29 00:30 – 03-29 01:30",
    ],
    [
      "clocks go back meanwhile",
      "Europe/Berlin",
      "2026-10-25 01:30",
      "2026-10-25 03:30",
      "10-24 23:30 – 10-25 02:30",
    ],
  ])("%s", async (_name, zone, from, to, expected) => {
    app.now = Date.UTC(2026, 10, 20);
    const result = await importLines(stay(from, to), { zone });
    expect(result.remarks).toEqual([]);
    expect(await meetings()).toEqual([`81234567890 | ${expected} | ended | 1`]);
  });

  it.each([
    [
      "what clocks skipped is after the skip",
      "2026-03-29 02:30",
      "2026-03-29 03:45",
      "skipped",
      "03-29 01:30 – 03-29 01:45",
    ],
    [
      "what clocks showed twice is the first time",
      "2026-10-25 02:15",
      "2026-10-25 02:45",
      "twice",
      "10-25 00:15 – 10-25 00:45",
    ],
    [
      "unless a person would leave before they came",
      "2026-10-25 02:45",
      "2026-10-25 02:15",
      "twice",
      "10-25 00:45 – 10-25 01:15",
    ],
  ])("%s, and a remark names it", async (_name, from, to, remark, expected) => {
    app.now = Date.UTC(2026, 10, 20);
    const result = await importLines(stay(from, to));
    expect(result.remarks).toMatchObject([{ line: 2, remark }]);
    expect(await meetings()).toEqual([`81234567890 | ${expected} | ended | 1`]);
  });

  it("does not guess at dates that may be read either way, and reads them as chosen", async () => {
    const lines = stay("03/04/2026 10:00", "03/04/2026 11:00");
    await expect(importLines(lines, { dryRun: true })).rejects.toThrow(
      "whether the day or the month",
    );
    const second = await importLines(lines, { dates: "day_first" });
    expect(second.dates).toEqual({ order: "day_first", from: "operator", proof: null });
    expect(await meetings()).toEqual(["81234567890 | 04-03 08:00 – 04-03 09:00 | ended | 1"]);
  });

  it("and a date that never was decide nothing about the dates of others", async () => {
    const row = "Bo,,25/13/2024 10:00,25/13/2024 11:00,60,No,,No";
    const lines = [...stay("03/04/2026 10:00", "03/04/2026 11:00"), row];
    await expect(importLines(lines)).rejects.toThrow("whether the day or the month");
    const result = await importLines(lines, { dates: "month_first" });
    expect(result.refused).toHaveLength(1);
  });

  it("is not in the future: dates are read so that they are not, and else refused", async () => {
    app.now = Date.UTC(2026, 2, 20);
    const ambiguous = await importLines(stay("03/12/2026 10:00", "03/12/2026 11:00"), {
      file: "a.csv",
    });
    expect(ambiguous.dates).toMatchObject({ order: "month_first", from: "file" });
    const other = await importLines(stay("12/03/2026 10:00", "12/03/2026 11:00"), {
      file: "b.csv",
    });
    expect(other.dates).toMatchObject({ order: "day_first", from: "file" });
    const late = await importLines(stay("2026-05-01 10:00", "2026-05-01 11:00"));
    expect(late.refused).toEqual([
      { line: 2, reason: "it lies in the future, as its date was read" },
    ]);
  });

  it("is no reason to import a file twice", async () => {
    await importLines(files.ZOOM, { zone: "Asia/Kolkata" });
    expect((await importLines(files.ZOOM)).rows).toMatchObject({ new: 0, known: 7 });
  });
});

describe("the same file, read in another way", () => {
  it("is refused where it would record all again, and names the import to undo first", async () => {
    const lines = [files.ZOOM_COLUMNS, "Ada,,2026-03-04 10:00,2026-03-04 11:00,60,No,,No"];
    const slashed = lines.map((line) => line.replaceAll("2026-03-04", "03/04/2026"));
    const first = await importLines(slashed, { dates: "month_first" });
    const again = importLines(slashed, { dates: "day_first", file: "copy.csv" });
    await expect(again).rejects.toThrow("Take that back first");
    await expect(again).rejects.toMatchObject({
      before: { id: first.id, file: ZOOM_FILE, dates: "month_first", zone: "Europe/Berlin" },
    });
    await expect(importLines(slashed, { dates: "day_first", dryRun: true })).rejects.toThrow(
      "kept already",
    );
    expect(await people()).toEqual(["Ada 60:00 left"]);
    expect((await importLines(slashed, { dates: "month_first" })).read_otherwise).toBeNull();
    // A file with one more line is another file.
    expect(
      (await importLines([...lines, "Bo,,2026-03-04 10:00,2026-03-04 10:30,30,No,,No"])).rows.new,
    ).toBe(1);
  });

  it("in another zone adds nothing, and the result names the earlier import", async () => {
    await importLines(files.ZOOM, { zone: "Asia/Kolkata" });
    const again = await importLines(files.ZOOM);
    expect(again.read_otherwise).toMatchObject({ zone: "Asia/Kolkata", by: "Emmy" });
    expect(again.rows.new).toBe(0);
  });
});

describe("what columns are", () => {
  const lines = (day: string) => [
    "Nimi,Liittyi,Poistui,Aula",
    `Ada,${day} 10:00:00,${day} 10:10:00,kyllä`,
    `Ada,${day} 10:10:02,${day} 11:00:00,ei`,
  ];

  it("is chosen once, and remembered for the next file with the same columns", async () => {
    await expect(importLines(lines("2026-03-05"), { file: "a.csv" })).rejects.toMatchObject({
      asks: "columns",
    });
    const columns = columnsIn("Nimi=name, Liittyi=joined, Poistui=left, Aula=waiting");
    if (columns instanceof BadColumns) throw new Error(columns.mistake);
    await importLines(lines("2026-03-05"), { file: "a.csv", format: "zoom", columns });
    expect(await people()).toEqual(["Ada 49:58 left"]);
    expect(await waits()).toEqual(["Ada 600 admitted"]);
    const next = await importLines(lines("2026-03-12"), { file: "b.csv", format: "zoom" });
    expect(next.rows).toMatchObject({ new: 2, refused: 0 });
    expect(await waits()).toHaveLength(2);
  });

  it("chosen otherwise later is no reason to record a file twice", async () => {
    const columns = (text: string) => {
      const read = columnsIn(text);
      if (read instanceof BadColumns) throw new Error(read.mistake);
      return read;
    };
    const first = columns("Nimi=name, Liittyi=joined, Poistui=left, Aula=waiting");
    await importLines(lines("2026-03-05"), { file: "a.csv", format: "zoom", columns: first });
    const second = await importLines(lines("2026-03-12"), { file: "b.csv", format: "zoom" });
    const other = columns("Nimi=name, Liittyi=joined, Poistui=left, Aula=ignore");
    await importLines(lines("2026-03-19"), { file: "c.csv", format: "zoom", columns: other });
    await expect(
      importLines(lines("2026-03-12"), { file: "b.csv", format: "zoom" }),
    ).rejects.toMatchObject({ before: { id: second.id, file: "b.csv" } });
  });

  it("is refused where it cannot be read", () => {
    for (const text of ["", "Nimi", "Nimi=wizard", "{", '{"Nimi":1}', "=name"]) {
      expect(columnsIn(text), text).toBeInstanceOf(BadColumns);
    }
    expect(columnsIn('{"Nimi, koko":"name"}')).toEqual({ "Nimi, koko": "name" });
    expect(columnsIn("Nimi, koko=name,Aula=ignore")).toEqual({
      "Nimi, koko": "name",
      Aula: "ignore",
    });
  });
});

describe("a preview", () => {
  it("reports what would be added, and stores nothing", async () => {
    const preview = await importLines(files.ZOOM, { dryRun: true });
    expect(preview.rows).toMatchObject({ read: 7, new: 7, known: 0 });
    expect(preview.meetings).toMatchObject([{ id: null, people: 4 }]);
    expect(await meetings()).toEqual([]);
    const done = await importLines(files.ZOOM);
    expect(done.rows).toEqual(preview.rows);
    const after = await importLines(files.ZOOM, { dryRun: true });
    expect(after.rows).toMatchObject({ new: 0, known: 7 });
    expect(after.meetings).toEqual(done.meetings);
  });
});

describe("for any rows", () => {
  const NAMES = ["Ada", "ADA ", "Bo", "iPhone", ""];
  const clock = (minute: number) => {
    const two = (value: number) => String(value).padStart(2, "0");
    return `2026-03-12 ${two(10 + Math.floor(minute / 60))}:${two(minute % 60)}:00`;
  };
  const row = fc
    .record({
      name: fc.constantFrom(...NAMES),
      email: fc.constantFrom("", "ada@example.org", "bo@example.org"),
      from: fc.nat(100),
      length: fc.nat(60),
      waiting: fc.boolean(),
    })
    .map(
      ({ name, email, from, length, waiting }) =>
        `${name},${email},${clock(from)},${clock(from + length)},${length},No,,${waiting ? "Yes" : "No"}`,
    );
  const rows = fc.array(row, { maxLength: 12 });
  const withHead = (own: readonly string[]) => [...files.ZOOM_HEAD, files.ZOOM_COLUMNS, ...own];

  /** The rows that files make in an empty database. */
  async function modelsOf(parts: readonly (readonly string[])[]): Promise<string[]> {
    await app.database.orm.transaction(async (tx) => {
      await tx.execute(sql`select set_config('rollcall.withdrawing', 'on', true)`);
      await tx.execute(
        sql`truncate events, attendances, waits, meetings, rooms, people, aliases, deliveries, delivery_keys, imports, import_lines cascade`,
      );
    });
    for (const part of parts) {
      if (part.length > 0) await importLines(withHead(part));
    }
    return readModels(app.database);
  }

  test("importing twice is importing once, two parts are the whole, and the order does not matter", async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.nat(12), async (own, at) => {
        const whole = await modelsOf([own]);
        expect(await modelsOf([own, own])).toEqual(whole);
        expect(await modelsOf([own.slice(0, at), own.slice(at)])).toEqual(whole);
        expect(await modelsOf([own.toReversed()])).toEqual(whole);
      }),
      { numRuns: 15 },
    );
  });

  test("a replay from nothing makes the same rows", async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (own) => {
        const whole = await modelsOf([own]);
        const idle = await replay(app.database, null, () => undefined);
        expect(idle.changed).toBe(0);
        await loseProjections(app.database);
        await replay(app.database, null, () => undefined);
        expect(await readModels(app.database)).toEqual(whole);
      }),
      { numRuns: 8 },
    );
  });
});

it("replays every kind of file", async () => {
  await importLines(files.ZOOM);
  await importLines(files.wideBytesOf([...files.TEAMS_HEAD, ...files.TEAMS_PEOPLE]), {
    file: "P.csv",
  });
  await importLines(files.TEAMS_LIST, { file: "List.csv" });
  await importLines(files.MEET, { file: "2026-03-12 Choir.csv" });
  await importLines(files.MEET_LOG, { file: "Log.csv" });
  const before = await readModels(app.database);
  await loseProjections(app.database);
  await replay(app.database, null, () => undefined);
  expect(await readModels(app.database)).toEqual(before);
});

it("stores the line with its file and the options it was read with", async () => {
  await importLines(files.ZOOM);
  const [row] = await app.database.orm.execute<{ type: string; body: string }>(sql`
    select type, convert_from(body, 'UTF8') as body from deliveries 
    where convert_from(body, 'UTF8') like '%"line":5,%'`);
  expect(row?.type).toBe("zoom.visit");
  expect(JSON.parse(row?.body ?? "")).toMatchObject({
    data: { file: ZOOM_FILE, line: 5, zone: "Europe/Berlin", dates: "month_first" },
  });
});
