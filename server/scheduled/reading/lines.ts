import type {
  ColumnMeaning,
  ColumnRead,
  Commas,
  LineRead,
  RosterQuestion,
} from "#domain/scheduled/reading.ts";
import { type Fault, type GivenPerson, type Placed, personShape } from "./roster-line.ts";

/** What somebody said of a roster: how it is to be read where it can be read in different ways. */
export interface RosterReadingOptions {
  /** What each column is, from the first on; `null` leaves one to be recognised. */
  columns: readonly (ColumnMeaning | null)[] | null;
  /** The line that names the columns, 0 for none; `null` where nobody said. */
  headingLine: number | null;
  commas: Commas | null;
}

export const NO_READING_OPTIONS: RosterReadingOptions = {
  columns: null,
  headingLine: null,
  commas: null,
};

/** A person as the fields of a line have them, not yet looked at. */
export type Raw = Partial<Record<"name" | "user_id" | "email" | "role", string>>;

/** What is read of a roster, line by line. */
export class RosterReader {
  readonly placed: Placed[] = [];
  readonly faults: Fault[] = [];
  readonly lines: LineRead[] = [];
  readonly questions: RosterQuestion[] = [];
  columns: ColumnRead[] | null = null;
  headingLine: number | null = null;
  commas: Commas | null = null;
  readonly #text: readonly string[];
  /** What of each line was left out before it was read. */
  readonly #left: readonly (readonly string[])[];

  constructor(text: readonly string[], left: readonly (readonly string[])[]) {
    this.#text = text;
    this.#left = left;
  }

  /** Takes the people of a line; what is wrong with any of them is said instead. */
  take(line: number, all: readonly Raw[], notes: readonly string[] = []): void {
    const people: GivenPerson[] = [];
    const wrong: string[] = [];
    for (const raw of all) {
      const read = personShape.safeParse(raw);
      if (read.success) people.push(read.data);
      else wrong.push(...read.error.issues.map(({ message }) => message));
    }
    if (wrong.length > 0) {
      this.refuse(line, ...wrong);
      return;
    }
    this.placed.push(...people.map((person) => ({ line, person })));
    const left = (this.#left[line - 1] ?? []).map((one) => `“${one}” is left out`);
    this.#say(line, "person", [...left, ...notes], people);
  }

  /** A line that is not understood: with any of them there is no roster. */
  refuse(line: number, ...messages: string[]): void {
    for (const message of messages) this.faults.push({ field: "roster", line, message });
    this.#say(line, "not_understood", messages);
  }

  leaveOut(line: number, why: string): void {
    this.#say(line, "left_out", [why]);
  }

  heading(line: number, note: string): void {
    this.#say(line, "heading", [note]);
  }

  /** What has to be said before the roster can be taken. Once for each field. */
  ask(field: RosterQuestion["field"], message: string): void {
    if (!this.questions.some((one) => one.field === field)) this.questions.push({ field, message });
  }

  #say(line: number, kind: LineRead["kind"], notes: readonly string[], people: GivenPerson[] = []) {
    const text = short(this.#text[line - 1]?.trim() ?? "", 200);
    this.lines.push({
      line,
      text,
      kind,
      notes: [...notes],
      people: people.map(({ name, email, userId, role }) => ({
        name,
        email,
        user_id: userId,
        role,
      })),
    });
  }
}

export function short(text: string, most = 40): string {
  return text.length > most ? `${text.slice(0, most).toWellFormed()}…` : text;
}

export const COMMA_QUESTION =
  "a comma may stand between a last and a first name, or between several people: say which";
