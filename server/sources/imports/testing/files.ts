/*
 * Attendance files as Zoom, Teams and Meet write them, about an invented class.
 */

export function bytesOf(lines: readonly string[], end = "\r\n"): Uint8Array {
  return new TextEncoder().encode(lines.map((line) => line + end).join(""));
}

/** UTF-16 with its mark, as Teams writes. */
export function wideBytesOf(lines: readonly string[]): Uint8Array {
  return Buffer.from(`\uFEFF${lines.map((line) => `${line}\r\n`).join("")}`, "utf16le");
}

function tabbed(...cells: string[]): string {
  return cells.join("\t");
}

export const ZOOM_HEAD = [
  "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants",
  '812 3456 7890,"Biology, evening",03/12/2026 09:55:00 AM,03/12/2026 11:00:00 AM,noether@example.org,65,4',
  "",
];
export const ZOOM_COLUMNS =
  "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,In Waiting Room";
export const ZOOM_ROWS = [
  "Emmy Noether,noether@example.org,03/12/2026 09:55:00 AM,03/12/2026 11:00:00 AM,65,No,,No",
  "Ada Lovelace,ada@example.org,03/12/2026 10:00:05 AM,03/12/2026 10:20:00 AM,20,No,Y,No",
  "Ada Lovelace,ada@example.org,03/12/2026 10:25:00 AM,03/12/2026 10:58:00 AM,33,No,Y,No",
  "Bo,,03/12/2026 10:00:00 AM,03/12/2026 10:04:00 AM,4,Yes,,Yes",
  "Bo,,03/12/2026 10:04:01 AM,03/12/2026 10:59:00 AM,55,Yes,Y,No",
  '"Ng, Cy ""the Fox""",,03/12/2026 10:01:00 AM,03/12/2026 10:09:00 AM,8,Yes,,Yes',
];
export const ZOOM = [...ZOOM_HEAD, ZOOM_COLUMNS, ...ZOOM_ROWS];

export const TEAMS_HEAD = [
  "1. Summary",
  tabbed("Meeting title", "Planning"),
  tabbed("Attended participants", "3"),
  tabbed("Start time", "3/12/26, 8:58:00 AM"),
  tabbed("End time", "3/12/26, 10:02:00 AM"),
  tabbed("Meeting duration", "1h 4m"),
  "",
];
export const TEAMS_PEOPLE = [
  "2. Participants",
  tabbed(
    "Name",
    "First Join",
    "Last Leave",
    "In-Meeting Duration",
    "Email",
    "Participant ID (UPN)",
    "Role",
  ),
  tabbed(
    "Grace Hopper",
    "3/12/26, 8:58:00 AM",
    "3/12/26, 10:02:00 AM",
    "1h 4m",
    "grace@example.org",
    "grace@example.org",
    "Organizer",
  ),
  tabbed(
    "Linus (Guest)",
    "3/12/26, 9:00:00 AM",
    "3/12/26, 10:00:00 AM",
    "40m 10s",
    "",
    "",
    "Attendee",
  ),
  "",
];
export const TEAMS_STAYS = [
  "3. In-Meeting Activities",
  tabbed("Name", "Join Time", "Leave Time", "Duration", "Email", "Role"),
  tabbed(
    "Grace Hopper",
    "3/12/26, 8:58:00 AM",
    "3/12/26, 10:02:00 AM",
    "1h 4m",
    "grace@example.org",
    "Organizer",
  ),
  tabbed("Linus (Guest)", "3/12/26, 9:00:00 AM", "3/12/26, 9:20:10 AM", "20m 10s", "", "Attendee"),
  tabbed("Linus (Guest)", "3/12/26, 9:40:00 AM", "3/12/26, 10:00:00 AM", "20m", "", "Attendee"),
];

/** The list that Teams made until 2021: who came and went until it was downloaded. */
export const TEAMS_LIST = [
  tabbed("Full Name", "User Action", "Timestamp"),
  tabbed("Grace Hopper", "Joined before", "4/23/2021, 6:44:22 PM"),
  tabbed("Linus", "Joined", "4/23/2021, 6:46:00 PM"),
  tabbed("Linus", "Left", "4/23/2021, 6:50:00 PM"),
  tabbed("Linus", "Joined", "4/23/2021, 6:55:00 PM"),
];

export const TEAMS_GERMAN = [
  "1. Zusammenfassung",
  tabbed("Besprechungstitel", "Planung"),
  tabbed("Startzeit", "06.10.26, 18:00:00"),
  tabbed("Endzeit", "06.10.26, 19:00:00"),
  "",
  "2. Teilnehmer",
  tabbed(
    "Name",
    "Erster Beitritt",
    "Letztes Verlassen",
    "Dauer der Besprechung",
    "E-Mail",
    "Rolle",
  ),
  tabbed(
    "Käthe Jürgens",
    "06.10.26, 18:01:00",
    "06.10.26, 19:00:00",
    "59 Min. 0 Sek.",
    "kaethe@example.org",
    "Organisator",
  ),
];

export const MEET = [
  "First name,Last name,Email,Duration,Time joined,Time exited",
  "Ada,Lovelace,ada@example.org,58 min,11:02 PM,12:00 AM",
  "Grace,Hopper,grace@example.org,40 min,10:58 PM,12:00 AM",
];

export const MEET_LOG = [
  "Date,Event name,Meeting code,Participant identifier,Participant name,Duration (seconds),Endpoint ID,Organizer email",
  "2026-03-12T10:30:00+01:00,Endpoint left,ABCDEFGHIJ,ada@example.org,Ada,1800,ep-1,ada@example.org",
  "2026-03-12T10:31:00+01:00,Endpoint left,ABCDEFGHIJ,,Guest,60,ep-2,ada@example.org",
  "2026-03-12T10:31:00+01:00,Presentation started,ABCDEFGHIJ,ada@example.org,Ada,,ep-1,ada@example.org",
];
