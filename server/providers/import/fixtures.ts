import type { About, MeetingEvent } from "#domain/event/event.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Fixture } from "#server/providers/contract/contract.ts";
import { naturalKey, sha256 } from "#server/providers/contract/reading.ts";

type Cells = [column: string, cell: string][];

interface Sheet {
  file: string;
  line: number;
  zone: string;
  dates: string;
  day?: string;
  room: string;
  room_said: boolean;
  title?: string;
  host?: string;
  row: Cells;
  columns?: (string | null)[];
  email?: string;
}

function body(type: string, data: Sheet): string {
  return JSON.stringify({ type, data });
}

const BIOLOGY = {
  file: "participants_81234567890.csv",
  zone: "Europe/Berlin",
  dates: "month_first",
  room: "81234567890",
  room_said: true,
  title: "Biology",
  host: "noether@example.org",
};

const PLANNING = {
  file: "meetingAttendanceReport(Planning).csv",
  zone: "Asia/Kolkata",
  dates: "month_first",
  room: "Planning",
  room_said: true,
  title: "Planning",
};

const CHOIR = {
  file: "2026-03-12 Choir.csv",
  zone: "Europe/London",
  dates: "day_first",
  day: "2026-03-12",
  room: "Choir",
  room_said: false,
};

const at = (text: string): Ms => Date.parse(text);

/** The reading of a line, with the ids that are made of its values. */
function eventReading(
  type: string,
  room: string,
  title: string | null,
  idParts: readonly (string | number | null)[],
  events: (who: (about: Omit<About, "participantId">) => About) => MeetingEvent[],
  named: readonly string[] = [],
): Fixture["expected"] {
  const [format = "", kind = ""] = type.split(".");
  const id = naturalKey(format, kind, ...idParts);
  const participantId = `${format}-${sha256(named.join("\n")).slice(0, 24)}`;
  return {
    kind: "events",
    id,
    occurrence: naturalKey("import", id),
    type,
    about: { room, title, events: events((about) => ({ participantId, ...about })) },
  };
}

const shown = (text: string): string => String(at(`${text}Z`));

function adaVisit(): Fixture["expected"] {
  const [from, to] = [shown("2026-03-12T10:00:05"), shown("2026-03-12T10:58:00")];
  const idParts = ["Ada Lovelace", "ada@example.org", from, to, "false"];
  return eventReading(
    "zoom.visit",
    "81234567890",
    "Biology",
    ["81234567890", ...idParts],
    (who) => {
      const ada = who({ name: "Ada Lovelace", userId: "ada@example.org", isHost: null });
      const joinedAt = at("2026-03-12T09:00:05Z");
      return [
        { type: "joined", at: joinedAt, ...ada },
        { type: "left", at: at("2026-03-12T09:58:00Z"), joinedAt, ...ada },
      ];
    },
    ["ada lovelace", ...idParts.slice(1)],
  );
}

export const fixtures: readonly Fixture[] = [
  {
    name: "a stay in a Zoom meeting",
    body: body("zoom.visit", {
      ...BIOLOGY,
      line: 5,
      row: [
        ["Name (Original Name)", "Ada Lovelace"],
        ["User Email", "Ada@example.org"],
        ["Join Time", "03/12/2026 10:00:05 AM"],
        ["Leave Time", "03/12/2026 10:58:00 AM"],
        ["Duration (Minutes)", "58"],
        ["Guest", "No"],
        ["In Waiting Room", "No"],
      ],
    }),
    expected: adaVisit(),
  },
  {
    name: "a wait before a Zoom meeting",
    body: body("zoom.visit", {
      ...BIOLOGY,
      line: 6,
      row: [
        ["Name (Original Name)", "Bo"],
        ["User Email", ""],
        ["Join Time", "03/12/2026 10:00:00 AM"],
        ["Leave Time", "03/12/2026 10:04:00 AM"],
        ["Duration (Minutes)", "4"],
        ["Guest", "Yes"],
        ["In Waiting Room", "Yes"],
      ],
    }),
    expected: eventReading(
      "zoom.visit",
      "81234567890",
      "Biology",
      [
        "81234567890",
        "Bo",
        "null",
        shown("2026-03-12T10:00:00"),
        shown("2026-03-12T10:04:00"),
        "true",
      ],
      (who) => {
        const bo = who({ name: "Bo", userId: null, isHost: null });
        const startedAt = at("2026-03-12T09:00:00Z");
        return [
          { type: "knocked", at: startedAt, ...bo },
          { type: "stopped_waiting", at: at("2026-03-12T09:04:00Z"), startedAt, ...bo },
        ];
      },
      ["bo", "null", shown("2026-03-12T10:00:00"), shown("2026-03-12T10:04:00"), "true"],
    ),
  },
  {
    name: "the head of a Zoom report",
    body: body("zoom.meeting", {
      ...BIOLOGY,
      line: 2,
      row: [
        ["Meeting ID", "812 3456 7890"],
        ["Topic", "Biology"],
        ["Start Time", "03/12/2026 09:55:00 AM"],
        ["End Time", "03/12/2026 11:00:00 AM"],
        ["User Email", "noether@example.org"],
      ],
    }),
    expected: eventReading(
      "zoom.meeting",
      "81234567890",
      "Biology",
      ["81234567890", at("2026-03-12T09:55:00Z"), 65 * 60_000],
      () => [
        { type: "meeting_started", at: at("2026-03-12T08:55:00Z"), providerMeetingId: null },
        {
          type: "meeting_ended",
          at: at("2026-03-12T10:00:00Z"),
          startedAt: at("2026-03-12T08:55:00Z"),
          providerMeetingId: null,
        },
      ],
    ),
  },
  {
    name: "all stays of a person in a Teams meeting in one row, not all of it attended",
    body: body("teams.person", {
      ...PLANNING,
      line: 11,
      row: [
        ["Name", "Grace Hopper"],
        ["First Join", "3/12/26, 9:00:00 AM"],
        ["Last Leave", "3/12/26, 10:00:00 AM"],
        ["In-Meeting Duration", "40m 10s"],
        ["Email", "grace@example.org"],
        ["Participant ID (UPN)", "grace@example.org"],
        ["Role", "Organizer"],
      ],
    }),
    expected: eventReading(
      "teams.person",
      "Planning",
      "Planning",
      [
        "Planning",
        "Grace Hopper",
        "grace@example.org",
        shown("2026-03-12T09:00:00"),
        shown("2026-03-12T10:00:00"),
        "false",
      ],
      (who) => {
        const grace = who({ name: "Grace Hopper", userId: "grace@example.org", isHost: true });
        const joinedAt = at("2026-03-12T03:30:00Z");
        return [
          { type: "joined", at: joinedAt, ...grace },
          {
            type: "left",
            at: joinedAt + (40 * 60 + 10) * 1000,
            joinedAt,
            ...grace,
            inferred: true,
          },
        ];
      },
      [
        "grace hopper",
        "grace@example.org",
        shown("2026-03-12T09:00:00"),
        shown("2026-03-12T10:00:00"),
        "false",
      ],
    ),
  },
  {
    name: "the same in a language of its own, with what its columns are, and an address from another row",
    body: body("teams.person", {
      ...PLANNING,
      line: 11,
      row: [
        ["Imię i nazwisko", "Grace Hopper"],
        ["Pierwsze dołączenie", "2026-03-12 09:00:00"],
        ["Ostatnie opuszczenie", "2026-03-12 10:00:00"],
        ["Czas trwania", "40 min 10 sek."],
        ["Dział", "Flota"],
      ],
      columns: ["name", "joined", "left", "duration", null],
      email: "grace@example.org",
    }),
    expected: eventReading(
      "teams.person",
      "Planning",
      "Planning",
      [
        "Planning",
        "Grace Hopper",
        "null",
        shown("2026-03-12T09:00:00"),
        shown("2026-03-12T10:00:00"),
        "false",
      ],
      (who) => {
        const grace = who({ name: "Grace Hopper", userId: "grace@example.org", isHost: null });
        const joinedAt = at("2026-03-12T03:30:00Z");
        const inferred = { at: joinedAt + (40 * 60 + 10) * 1000, inferred: true } as const;
        return [
          { type: "joined", at: joinedAt, ...grace },
          { type: "left", joinedAt, ...grace, ...inferred },
          { type: "left", at: at("2026-03-12T04:30:00Z"), joinedAt: null, ...grace },
        ];
      },
      ["grace hopper", "null", shown("2026-03-12T09:00:00"), shown("2026-03-12T10:00:00"), "false"],
    ),
  },
  {
    name: "a join in a Teams list",
    body: body("teams.action", {
      ...PLANNING,
      room_said: false,
      line: 2,
      row: [
        ["Full Name", "Linus"],
        ["User Action", "Joined"],
        ["Timestamp", "3/12/2026, 9:00:00 AM"],
      ],
    }),
    expected: eventReading(
      "teams.action",
      "Planning",
      "Planning",
      [null, "Linus", "null", "", "joined", at("2026-03-12T09:00:00Z")],
      (who) => [
        {
          type: "joined",
          at: at("2026-03-12T03:30:00Z"),
          ...who({ name: "Linus", userId: null, isHost: null }),
        },
      ],
      ["linus", "null", ""],
    ),
  },
  {
    name: "a Teams list ends",
    body: body("teams.list", {
      ...PLANNING,
      room_said: false,
      line: 9,
      row: [
        ["Start time", "3/12/2026, 9:00:00 AM"],
        ["End time", "3/12/2026, 9:50:00 AM"],
      ],
    }),
    expected: eventReading(
      "teams.list",
      "Planning",
      "Planning",
      [null, at("2026-03-12T09:00:00Z"), at("2026-03-12T09:50:00Z")],
      () => [
        {
          type: "meeting_ended",
          at: at("2026-03-12T04:20:00Z"),
          startedAt: at("2026-03-12T03:30:00Z"),
          providerMeetingId: null,
          listed: true,
        },
      ],
    ),
  },
  {
    name: "a row of a Meet report over midnight",
    body: body("meet.person", {
      ...CHOIR,
      line: 2,
      row: [
        ["First name", "Emmy"],
        ["Last name", "Noether"],
        ["Email", "emmy@example.org"],
        ["Duration", "1 hr 2 min"],
        ["Time joined", "11:28 PM"],
        ["Time exited", "12:30 AM"],
      ],
    }),
    expected: eventReading(
      "meet.person",
      "Choir",
      null,
      [
        null,
        "Emmy Noether",
        "emmy@example.org",
        shown("2026-03-12T23:28:00"),
        shown("2026-03-13T00:30:00"),
        "false",
      ],
      (who) => {
        const emmy = who({ name: "Emmy Noether", userId: "emmy@example.org", isHost: null });
        const joinedAt = at("2026-03-12T23:28:00Z");
        return [
          { type: "joined", at: joinedAt, ...emmy },
          { type: "left", at: at("2026-03-13T00:30:00Z"), joinedAt, ...emmy },
        ];
      },
      [
        "emmy noether",
        "emmy@example.org",
        shown("2026-03-12T23:28:00"),
        shown("2026-03-13T00:30:00"),
        "false",
      ],
    ),
  },
  {
    name: "an endpoint left, in Meet's log",
    body: body("meet.endpoint", {
      ...CHOIR,
      line: 2,
      row: [
        ["Date", "2026-03-12T10:30:00+01:00"],
        ["Event name", "Endpoint left"],
        ["Meeting code", "ABCDEFGHIJ"],
        ["Participant identifier", "emmy@example.org"],
        ["Participant name", "Emmy"],
        ["Duration (seconds)", "1800"],
        ["Endpoint ID", "boo-1"],
        ["Organizer email", "emmy@example.org"],
      ],
    }),
    expected: eventReading(
      "meet.endpoint",
      "Choir",
      null,
      [null, "Emmy", "emmy@example.org", "boo-1", shown("2026-03-12T10:30:00"), String(1_800_000)],
      (who) => {
        const emmy = who({ name: "Emmy", userId: "emmy@example.org", isHost: true });
        const joinedAt = at("2026-03-12T09:00:00Z");
        return [
          { type: "joined", at: joinedAt, ...emmy },
          { type: "left", at: at("2026-03-12T09:30:00Z"), joinedAt, ...emmy },
        ];
      },
      ["emmy", "emmy@example.org", "boo-1", shown("2026-03-12T10:30:00"), String(1_800_000)],
    ),
  },
  ...withoutEvents(),
];

function withoutEvents(): Fixture[] {
  const visit: Sheet = { ...BIOLOGY, line: 7, row: [["Name (Original Name)", "Ada"]] };
  const unread = (name: string, type: string, data: unknown, reason: string): Fixture => ({
    name,
    body: JSON.stringify({ type, data }),
    expected: { kind: "unreadable", reason, type, room: BIOLOGY.room },
  });
  const late: Cells = [
    ["Name (Original Name)", "Ada"],
    ["Join Time", "25/13/2024 10:00"],
  ];
  const backwards: Cells = [
    ["Name (Original Name)", "Ada"],
    ["Join Time", "03/12/2026 10:00:00 AM"],
    ["Leave Time", "03/12/2026 09:00:00 AM"],
  ];
  const absent = body("zoom.visit", { ...visit, row: [["Attended", "No"]] });
  const strange = body("zoom.poll", visit);
  return [
    unread("no time at all", "zoom.visit", visit, "it does not say when they came"),
    unread(
      "a time that never was",
      "zoom.visit",
      { ...visit, row: late },
      "the time “25/13/2024 10:00” is no date",
    ),
    unread(
      "leaving before coming",
      "zoom.visit",
      { ...visit, row: backwards },
      "they leave before they come",
    ),
    unread(
      "a zone that is none",
      "zoom.visit",
      { ...visit, zone: "Mars/Olympus" },
      "data.zone is not a time zone",
    ),
    unread(
      "an answer that is neither yes nor no",
      "zoom.visit",
      {
        ...visit,
        row: [
          ["Name", "Ada"],
          ["Join Time", "2026-03-12 10:00:00"],
          ["Leave Time", "2026-03-12 10:10:00"],
          ["In Waiting Room", "Perhaps"],
        ],
        columns: ["name", "joined", "left", "waiting"],
      },
      "“Perhaps” in the column “In Waiting Room” is neither yes nor no",
    ),
    unread("no line", "zoom.visit", { ...visit, line: undefined }, "data.line is missing"),
    {
      name: "a person who did not come to a webinar",
      body: absent,
      expected: ignored("zoom.visit", absent),
    },
    { name: "an unknown kind of line", body: strange, expected: ignored("zoom.poll", strange) },
  ];
}

function ignored(type: string, text: string): Fixture["expected"] {
  const id = naturalKey("body", sha256(text));
  return { kind: "ignored", id, occurrence: id, type, room: BIOLOGY.room };
}
