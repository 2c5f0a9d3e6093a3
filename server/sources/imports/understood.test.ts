import { describe, expect, it } from "vitest";
import { emptyResult, note, notesOf } from "./result.ts";
import { type ReadFile, readLines } from "./testing/read.ts";

const ZOOM = "participants_81234567890.csv";
const ZOOM_COLUMNS = "Name (Original Name),Join Time,Leave Time";

/** The sentences of the result of a file. */
function notes({ known, items }: ReadFile): string[] {
  const result = emptyResult({ file: "a.csv", zone: "UTC", dryRun: true }, known);
  for (const item of items) note(result, item);
  return notesOf(result, known);
}

describe("a cell is yes, no, or not understood", () => {
  const rows = (...waiting: string[]) => [
    `${ZOOM_COLUMNS},In Waiting Room`,
    ...waiting.map((word, at) => `Guest ${at},2026-03-12 10:00:00,2026-03-12 10:30:00,${word}`),
  ];

  it("refuses a line where it is unclear whether the person waited", async () => {
    const { people, refused } = await readLines(rows("Yes", "No", "Perhaps", "Nein", ""), {
      file: ZOOM,
    });
    expect(people.toSorted()).toEqual([
      "81234567890 | Guest 0 0:00 ?–? left",
      "81234567890 | Guest 1 30:00 03-12 10:00–03-12 10:30",
      "81234567890 | Guest 3 30:00 03-12 10:00–03-12 10:30",
      "81234567890 | Guest 4 30:00 03-12 10:00–03-12 10:30",
    ]);
    expect(refused).toEqual(["4: “Perhaps” in the column “In Waiting Room” is neither yes nor no"]);
  });

  it("asks what a column is that may say who waited", async () => {
    for (const heading of ["Was in Waiting Room?", "Kept Outside", "Status in sala de espera"]) {
      const lines = [
        `${ZOOM_COLUMNS},${heading}`,
        "Ida,2026-03-12 10:00:00,2026-03-12 10:30:00,Yes",
      ];
      await expect(readLines(lines, { file: ZOOM })).rejects.toMatchObject({
        asks: "columns",
        details: [{ field: "columns", column: heading }],
      });
      const given = new Map([[heading.toLowerCase(), "waiting" as const]]);
      const chosen = { given, remembered: new Map() };
      const { people } = await readLines(lines, { file: ZOOM, said: chosen });
      expect(people).toEqual(["81234567890 | Ida 0:00 ?–? left"]);
    }
  });

  it("lists what was not read", async () => {
    const lines = [
      "Full Name,Join Time,Leave Time,Certificate,Shoe Size",
      "Ida,2026-03-12 10:00:00,2026-03-12 10:30:00,yes,38",
    ];
    const read = await readLines(lines);
    expect(notes(read)).toEqual([
      "The column “Certificate” was not read: its cells say yes or no, and nobody knows to what.",
      expect.stringContaining("Not read: “Certificate”, “Shoe Size”."),
    ]);
  });

  it("lists a column whose cells have one of two values", async () => {
    const stay = (at: number, state: string) =>
      `Guest ${at},2026-03-12 10:00:00,2026-03-12 10:30:00,${state}`;
    const lines = [
      "sep=,",
      `${ZOOM_COLUMNS},Tila`,
      stay(1, "sisällä"),
      stay(2, "ulkona"),
      stay(3, "sisällä"),
    ];
    const read = await readLines(lines, { file: ZOOM });
    expect(notes(read)[0]).toBe(
      "The column “Tila” was not read: its cells say one of two things, and nobody knows what.",
    );
    expect(read.leftOut).toEqual([]);
  });

  it("refuses a line with more cells than columns are named, which would be read in the wrong ones", async () => {
    const lines = [ZOOM_COLUMNS, "Ng, Cy,2026-03-12 10:00:00,2026-03-12 10:30:00"];
    const { refused } = await readLines(lines, { file: ZOOM });
    expect(refused).toEqual(["2: it has 4 cells, and 3 columns are named"]);
  });
});

describe("a length", () => {
  const person = (length: string, left = "2026-03-12 09:30:00") => [
    "Full Name,First Join,Last Leave,In-Meeting Duration",
    `Igor,2026-03-12 08:00:00,${left},${length}`,
  ];

  it("that is not understood refuses the sum of a person’s stays", async () => {
    const { refused } = await readLines(person("41 min. og 5 sek."));
    expect(refused).toEqual([
      "2: the length “41 min. og 5 sek.” in the column “In-Meeting Duration” was not understood",
    ]);
  });

  it("that is shorter than the time between leaves the first moment and the last as they are", async () => {
    const { people, remarks } = await readLines(person("37m"));
    expect(people).toEqual(["Lesson | Igor 37:00~ 03-12 08:00–03-12 09:30"]);
    expect(remarks).toEqual(["2: inferred_end"]);
  });

  it("that contradicts the times is remarked", async () => {
    expect((await readLines(person("3h"))).remarks).toEqual(["2: length_contradicts"]);
    const stay = [
      `${ZOOM_COLUMNS},Duration (Minutes)`,
      "Ida,2026-03-12 10:00:00,2026-03-12 10:30:00,50",
    ];
    expect((await readLines(stay, { file: ZOOM })).remarks).toEqual(["2: length_contradicts"]);
    const vague = [
      `${ZOOM_COLUMNS},Duration (Minutes)`,
      "Ida,2026-03-12 10:00:00,2026-03-12 10:30:00,long",
    ];
    const { remarks, people } = await readLines(vague, { file: ZOOM });
    expect(remarks).toEqual(["2: length_not_understood"]);
    expect(people).toEqual(["81234567890 | Ida 30:00 03-12 10:00–03-12 10:30"]);
  });

  it("within a minute is what is stated", async () => {
    const lines = [`${ZOOM_COLUMNS},Duration (Minutes)`, "Ida,2026-03-12 8:42,2026-03-12 8:42,1"];
    const { people, remarks } = await readLines(lines, { file: ZOOM });
    expect(people).toEqual(["81234567890 | Ida 1:00~ 03-12 08:42–03-12 08:43"]);
    expect(remarks).toEqual(["2: minute_length"]);
  });

  it("over many days is no attendance of one meeting", async () => {
    const { refused } = await readLines(person("2h", "2026-03-26 09:30:00"));
    expect(refused).toEqual(["2: it tells of more than a day, and so of more than one meeting"]);
  });
});

describe("a room", () => {
  const report = (head: string[], file: string, room: string | null = null) =>
    readLines(
      [...head, "Full Name,Join Time,Leave Time", "Ida,2026-03-12 10:00:00,2026-03-12 10:30:00"],
      { file, room },
    );
  const rooms = ({ items }: ReadFile) => [
    ...new Set(items.flatMap((item) => (item.kind === "told" ? [item.reading.about.room] : []))),
  ];
  const GUID = "0b51c5a7-1111-4222-8333-944455556666";

  it.each([
    ["an id of one occurrence", ["Meeting Title,Botany", `Meeting Id,${GUID}`], "a.csv", "Botany"],
    [
      "an id of a series",
      ["Meeting Title,Botany", "Meeting Id,19:meeting_x@thread.v2"],
      "a.csv",
      "19:meeting_x@thread.v2",
    ],
    ["no title but null", ["Meeting Title,null"], "Tuesday.csv", "Tuesday"],
    [
      "no title but a dash",
      ["Meeting Title,-"],
      "meetingAttendanceReport(Botany) (2).csv",
      "Botany",
    ],
    [
      "nothing at all",
      [],
      "meetingAttendanceReport.csv",
      "meetingAttendanceReport 2026-03-12 10:00",
    ],
  ])("of a report with %s", async (_what, head, file, room) => {
    expect(rooms(await report(head, file))).toEqual([room]);
  });

  it.each([
    [["Meeting Title,null"], "meetingAttendanceReport.csv"],
    [["Meeting Title,undefined"], "meetingAttendanceList (1).csv"],
    [[`Meeting Id,${GUID}`], "Attendance report.csv"],
    [["Meeting Title,Algebra", "Meeting Id,8.12346E+10"], "meetingAttendanceReport.csv"],
  ])("is asked for where %j names none", async (head, file) => {
    await expect(report(head, file)).rejects.toMatchObject({
      asks: "room",
      details: [{ field: "room" }],
    });
    expect(rooms(await report(head, file, "Choir"))).toEqual(["Choir"]);
  });
});

describe("sections", () => {
  it("leave out a person’s row only where rows of stays say the same", async () => {
    const { people, leftOut } = await readLines([
      "2. Participants",
      "Name,First Join,Last Leave,In-Meeting Duration,Email",
      "Ida,2026-03-12 10:00:00,2026-03-12 11:00:00,60m,ida@example.org",
      "Olaf,2026-03-12 10:00:00,2026-03-12 10:15:00,15m,olaf@example.org",
      "Ida,2026-03-12 10:30:00,2026-03-12 10:40:00,10m,other.ida@example.org",
      "Ruth,2026-03-12 10:10:00,2026-03-12 10:50:00,40m,ruth@example.org",
      "",
      "3. In-Meeting Activities",
      "Name,Join Time,Leave Time,Duration,Email",
      "Ida,2026-03-12 10:00:00,2026-03-12 11:00:00,60m,ida@example.org",
      "Ruth,2026-03-12 10:10:00,2026-03-12 10:50:00,40m,",
    ]);
    expect(people.toSorted()).toEqual([
      "Lesson | Ida <ida@example.org> 60:00 03-12 10:00–03-12 11:00",
      "Lesson | Ida <other.ida@example.org> 10:00 03-12 10:30–03-12 10:40",
      "Lesson | Olaf <olaf@example.org> 15:00 03-12 10:00–03-12 10:15",
      "Lesson | Ruth <ruth@example.org> 40:00 03-12 10:10–03-12 10:50",
    ]);
    expect(leftOut).toEqual([
      "3: rows of every single stay say the same",
      "6: rows of every single stay say the same",
    ]);
  });

  it("of a webinar are read by their own columns, and who did not come has a line", async () => {
    const { people, leftOut, refused } = await readLines(
      [
        "Attendee Report",
        "Host Details",
        "Attended,User Name (Original Name),Email,Join Time,Leave Time",
        "Yes,Ida,ida@example.org,2026-03-12 10:00:00,2026-03-12 11:00:00",
        "Attendee Details",
        "Attended,User Name (Original Name),Email,Join Time,Leave Time",
        "Yes,Olaf,olaf@example.org,2026-03-12 10:00:00,2026-03-12 10:20:00",
        "No,Ruth,ruth@example.org,--,--",
        "Maybe,Sven,sven@example.org,--,--",
        "Other Attended",
        "User Name,Join Time,Leave Time",
        "1604***0199,2026-03-12 10:05:00,2026-03-12 10:35:00",
        "Poll Answers",
        "Question,Answer",
        "Ida,blue",
      ],
      { file: "attendee_81234567890.csv" },
    );
    expect(people.toSorted()).toEqual([
      "81234567890 | 1604***0199 30:00 03-12 10:05–03-12 10:35",
      "81234567890 | Ida <ida@example.org> 60:00 03-12 10:00–03-12 11:00",
      "81234567890 | Olaf <olaf@example.org> 20:00 03-12 10:00–03-12 10:20",
    ]);
    expect(refused).toEqual(["9: “Maybe” in the column “Attended” is neither yes nor no"]);
    expect(leftOut).toEqual([
      "8: they did not attend: “No, Ruth, ruth@example.org”",
      "13: nothing of it is about attendance: “Poll Answers”",
      "15: the columns named in line 14 are not known: “Ida, blue”",
    ]);
  });
});

describe("names", () => {
  it("leave the original one out only where the heading announces it", async () => {
    const rows = [
      "Ida Berg (tablet),2026-03-12 10:00:00,2026-03-12 10:15:00",
      "Ida Berg,2026-03-12 10:15:30,2026-03-12 10:58:00",
    ];
    const zoom = await readLines([ZOOM_COLUMNS, ...rows], { file: ZOOM });
    expect(zoom.people).toEqual(["81234567890 | Ida Berg 58:00 03-12 10:00–03-12 10:58"]);
    expect(zoom.remarks).toEqual(["2: original_name"]);
    const teams = await readLines(["Full Name,Join Time,Leave Time", ...rows]);
    expect(teams.people).toHaveLength(2);
  });
});

describe("times without a date", () => {
  it("of one night stay together", async () => {
    const lines = [
      "First name,Last name,Time joined,Time exited",
      "Ida,Berg,11:10 PM,11:50 PM",
      "Olaf,Lind,12:05 AM,12:40 AM",
      "Ruth,Maas,11:20 PM,12:30 AM",
    ];
    const { people } = await readLines(lines, { file: "2026-03-12 Lesson.csv" });
    expect(people.toSorted()).toEqual([
      "Lesson | Ida Berg 40:00 03-12 23:10–03-12 23:50",
      "Lesson | Olaf Lind 35:00 03-13 00:05–03-13 00:40",
      "Lesson | Ruth Maas 70:00 03-12 23:20–03-13 00:30",
    ]);
  });
});

describe("a file that is not understood: the refusal names", () => {
  it("which line was taken for the heading, what of it is known and what is missing", async () => {
    const lines = ["Nimi;Join Time;Leave Time", "Ida;2026-03-12 10:00:00;2026-03-12 10:15:00"];
    const refusal = await readLines(lines).catch((error) => error);
    expect(refusal.message).toBe(
      "Line 1 was taken for the line with the names of the columns. Known: “Join Time” (when they came), “Leave Time” (when they left). Missing: a column with the name. Not known: “Nimi”. Say what they are, as “Nimi=name”.",
    );
    const chosen = { given: new Map([["nimi", "name" as const]]), remembered: new Map() };
    expect((await readLines(lines, { said: chosen })).people).toHaveLength(1);
  });

  it("that the columns have to be named, in an unknown language", async () => {
    const lines = ["Nimi,Liittyi,Poistui", "Ida,2026-03-12 10:00:00,2026-03-12 10:15:00"];
    await expect(readLines(lines)).rejects.toMatchObject({
      asks: "columns",
      details: [{ column: "Nimi", as: null }, { column: "Liittyi" }, { column: "Poistui" }],
    });
  });

  it("which time columns are unknown, instead of that the report has no times", async () => {
    const lines = ["Name,Kom,Gikk,Duration", "Ida,2026-03-12 10:00:00,2026-03-12 10:15:00,15m"];
    await expect(readLines(lines)).rejects.toThrow("Missing: a column with when they came");
  });

  it("nothing for a list without its heading, which is read by its cells", async () => {
    const lines = ["Ida,Joined,2026-03-12 10:00:00", "Ida,Left,2026-03-12 10:15:00"];
    const read = await readLines(lines);
    expect(read.people).toEqual(["Lesson | Ida 15:00 03-12 10:00–03-12 10:15"]);
    expect(notes(read)[0]).toContain(
      "No line names the columns: they were recognised by what stands in them",
    );
  });

  it("who was on the list of a class and did not come", async () => {
    const { people, leftOut } = await readLines(
      [
        '"Attendance for:","Botany"',
        '"Date:", "2026-03-12", "Time:", "10:02", "Meet ID:", "abc-defg-hij"',
        "",
        '"Names", "Email", "Comments", "Arrival time", "Last Seen"',
        '"Olaf Lind", "", ""',
        '"Ida Berg", "", "", "10:03", "10:51"',
      ],
      { file: "Botany ( 2026-03-12 ).csv" },
    );
    expect(people).toEqual(["abc-defg-hij | Ida Berg 48:00 03-12 10:03–03-12 10:51"]);
    expect(leftOut).toEqual(["5: they did not attend: “Olaf Lind”"]);
  });
});
