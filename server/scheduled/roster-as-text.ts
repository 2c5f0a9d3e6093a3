import type { Commas } from "#domain/scheduled/reading.ts";
import { NO_READING_OPTIONS } from "./reading/lines.ts";
import type { GivenPerson } from "./reading/roster-line.ts";
import { readRoster } from "./roster-text.ts";

/** A roster as text for a form, and how to read its commas. */
export interface RosterText {
  text: string;
  commas: Commas | null;
}

/** A roster as text that reads back as the same roster: a name a line where there are only names, else CSV. */
export function rosterText(people: readonly GivenPerson[]): RosterText {
  const plain = people.map(({ name }) => name ?? "").join("\n");
  const lines = people.map(({ name, email, userId, role }) =>
    [name, email, userId, role].map(cellOf).join(","),
  );
  const table = ["full name,email,user_id,role", ...lines].join("\n");
  const ways = [plain, table].flatMap((text) => [
    { text, commas: null },
    // A stored name may have a comma of its own.
    { text, commas: "part_of_name" as const },
  ]);
  return ways.find((way) => isSame(way, people)) ?? { text: table, commas: "part_of_name" };
}

function isSame({ text, commas }: RosterText, people: readonly GivenPerson[]): boolean {
  const { people: back, faults } = readRoster(text, { ...NO_READING_OPTIONS, commas });
  return (
    faults.length === 0 &&
    back.length === people.length &&
    people.every(({ name, userId, email, role }, index) => {
      const one = back[index];
      return (
        one?.name === name && one.userId === userId && one.email === email && one.role === role
      );
    })
  );
}

function cellOf(text: string | null): string {
  if (text === null) return "";
  return /[",;\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
