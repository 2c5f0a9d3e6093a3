import { describe, expect, test } from "vitest";
import { ACTIONS, AUDIT_ACTIONS } from "./audit.ts";
import { deedOf, deedWords } from "./audit-words.ts";
import type { AuditDetails } from "./audited.ts";

const counting = (count: number, one: string, many: string) =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
const meetings = { file: "meetings.csv", rows: 1_204, narrowed: [] };
const ada = { kind: "person", id: "p1", label: "Ada" } as const;

describe("what an entry says", () => {
  test.each<[string, Parameters<typeof deedOf>[0]]>([
    [
      "took out meetings.csv (1,204 rows)",
      { action: "file.taken", about: null, details: meetings, outcome: "done" },
    ],
    [
      "took out meetings.csv (1,204 rows), which broke off",
      { action: "file.taken", about: null, details: meetings, outcome: "broken_off" },
    ],
    [
      "took out record.csv of “Ada” (1 row)",
      {
        action: "file.taken",
        about: ada,
        details: { file: "record.csv", rows: 1 },
        outcome: "done",
      },
    ],
    [
      "took out record.csv of “a person” (1 row)",
      {
        action: "file.taken",
        about: { ...ada, id: null, label: null },
        details: { file: "record.csv", rows: 1 },
        outcome: "done",
      },
    ],
    [
      "set the time zone to Europe/Berlin",
      {
        action: "settings.changed",
        about: null,
        details: { setting: "time zone", to: "Europe/Berlin" },
        outcome: "done",
      },
    ],
    [
      "changed the source “Clinic” (name, note takers)",
      {
        action: "source.changed",
        about: { kind: "source", id: "s", label: "Clinic" },
        details: { changed: ["name", "note_takers"] },
        outcome: "done",
      },
    ],
  ])("%s", (words, entry) => {
    expect(deedWords(deedOf(entry, counting))).toBe(words);
  });

  test.each(AUDIT_ACTIONS)("is a sentence for %s, also where the details were erased", (action) => {
    for (const about of [null, ada]) {
      for (const details of [{}, { rows: "no number" }] satisfies AuditDetails[]) {
        const words = deedWords(deedOf({ action, about, details, outcome: "done" }, counting));
        expect(words).toMatch(/^[a-z]/);
        expect(words).not.toMatch(/undefined|null|NaN|\(\)| {2}/);
      }
    }
    expect(ACTIONS[action].name).toMatch(/^[A-Z]/);
  });
});
