import { inBrackets, inQuotes, noted } from "./noted.ts";

const VERDICTS: Readonly<Record<string, string>> = {
  same: "some of its people are one",
  different: "some of its people are not one",
  note_taker: "somebody is a note-taker",
  person: "somebody is a person",
  joined: "it and another are one",
  parted: "it is two",
  not_here: "somebody is not there any more",
};

/** What operators correct. */
export const CORRECTION_ACTIONS = {
  "correction.made": noted<{ verdict: string; ruling: string }>("Made a correction", ({ text }) => {
    const verdict = text("verdict") ?? "";
    if (verdict === "one_person") return ["said that", "and another are one person"];
    if (verdict === "two_people") return ["said that", "and another are two people"];
    return ["corrected", inBrackets(VERDICTS[verdict] ?? null)];
  }),
  "correction.withdrawn": noted<{ ruling: string }>("Took a correction back", ({ isAbout }) =>
    isAbout ? "took a correction back in" : "took a correction of people back",
  ),
};

/** Whom is expected when. */
export const SCHEDULE_ACTIONS = {
  "schedule.made": noted<{ people: number }>("Scheduled a meeting", ({ counted }) => [
    "scheduled",
    inBrackets(counted("people", "person", "people")),
  ]),
  "schedule.changed": noted<{ changed: readonly string[] }>(
    "Changed a scheduled meeting",
    ({ text }) => ["changed the scheduled meeting", inBrackets(text("changed"))],
  ),
  "schedule.withdrawn": noted<{ following: boolean }>("Withdrew a scheduled meeting", ({ is }) => [
    "withdrew the scheduled meeting",
    is("following") ? "and those after it" : null,
  ]),
  "schedule.restored": noted("Restored a scheduled meeting", "restored the scheduled meeting"),
  "match.made": noted<{ position: number }>(
    "Said who somebody is",
    "said who is who on the roster of",
  ),
  "match.withdrawn": noted<{ position: number }>(
    "Took back who somebody is",
    "took back who is who on the roster of",
  ),
  "class_list.made": noted<{ people: number }>("Made a class list", ({ counted }) => [
    "made the class list",
    inBrackets(counted("people", "person", "people")),
  ]),
  "class_list.changed": noted<{ people: boolean }>("Changed a class list", ({ is }) => [
    "changed the class list",
    is("people") ? "and its people" : null,
  ]),
  "class_list.removed": noted("Deleted a class list", "deleted the class list"),
  "class_list.assigned": noted<{ list: string }>("Gave a room a class list", ({ text }) =>
    text("list") ? ["gave a class list to", inQuotes(text("list"))] : "took the class list from",
  ),
  "calendar.taken": noted<{ meetings: number; people: number }>(
    "Took meetings of a calendar",
    ({ counted }) => [
      "took from its calendar",
      inBrackets(counted("meetings", "meeting", "meetings")),
    ],
  ),
  "calendar.left_out": noted<{ meetings: number; offered_again: boolean }>(
    "Left out meetings of a calendar",
    ({ is, counted }) => [
      is("offered_again") ? "had offered again" : "left out",
      counted("meetings", "meeting of a calendar", "meetings of calendars"),
    ],
  ),
};

/** What is brought in, and what is handed out. */
export const RECORD_ACTIONS = {
  "import.done": noted<{ lines: number; meetings: number }>("Imported a file", ({ counted }) => [
    "imported",
    inBrackets(counted("lines", "line", "lines")),
  ]),
  "import.undone": noted<{ lines: number; meetings: number }>(
    "Took an import back",
    ({ counted }) => ["took back the import", inBrackets(counted("lines", "line", "lines"))],
  ),
  "statement.made": noted("Issued a statement", "issued a statement about"),
  "statement.opened": noted<{ verdict: string }>("Looked at a statement", ({ text }) => [
    "looked at a statement about",
    inBrackets(text("verdict")),
  ]),
  "file.taken": noted<{ file: string; rows: number; narrowed: readonly string[] }>(
    "Took out a file",
    ({ text, counted, isAbout, outcome }) => {
      const rows = inBrackets(counted("rows", "row", "rows"));
      const end = outcome === "broken_off" ? "which broke off" : null;
      const more = [rows, end].filter((part) => part !== null).join(", ") || null;
      const file = text("file") ?? "a file";
      return [isAbout ? `took out ${file} of` : `took out ${file}`, more];
    },
  ),
  "person.erased": noted<{ meetings: number }>("Erased a person", "erased"),
  "share.made": noted<{ expires: boolean }>("Made a link", "made the link"),
  "share.opened": noted("Opened a link", "opened the link"),
  "share.revoked": noted("Revoked a link", "revoked the link"),
};
