import type {
  ColumnMeaning,
  ColumnRead,
  Commas,
  LineRead,
  RosterQuestion,
} from "#domain/scheduled/reading.ts";
import { type Fault, type GivenPerson, type PersonOnLine, personShape } from "./roster-line.ts";

/** How to read a roster where several readings are possible, as the operator chose in the form. */
export interface RosterReadingOptions {
  /** The meaning of each column, from the first on; `null` for one that is to be recognised. */
  columns: readonly (ColumnMeaning | null)[] | null;
  /** The line that names the columns, 0 for none; `null` where it is to be recognised. */
  headingLine: number | null;
  commas: Commas | null;
}

export const NO_READING_OPTIONS: RosterReadingOptions = {
  columns: null,
  headingLine: null,
  commas: null,
};

/** The fields of a person on a line, not yet checked. */
export type RawPerson = Partial<Record<"name" | "user_id" | "email" | "role", string>>;

/** Collects how a roster is read, line by line. */
export class RosterReader {
  readonly placed: PersonOnLine[] = [];
  readonly faults: Fault[] = [];
  readonly lines: LineRead[] = [];
  readonly questions: RosterQuestion[] = [];
  columns: ColumnRead[] | null = null;
  headingLine: number | null = null;
  commas: Commas | null = null;
  readonly #text: readonly string[];
  /** For each line, the texts that were removed before it was read. */
  readonly #left: readonly (readonly string[])[];

  constructor(text: readonly string[], left: readonly (readonly string[])[]) {
    this.#text = text;
    this.#left = left;
  }

  /** Takes the people of a line. With a fault in any of them the line is refused. */
  take(line: number, all: readonly RawPerson[], notes: readonly string[] = []): void {
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
    this.#report(line, "person", [...left, ...notes], people);
  }

  /** Refuses a line that is not understood. With any such line there is no roster. */
  refuse(line: number, ...messages: string[]): void {
    for (const message of messages) this.faults.push({ field: "roster", line, message });
    this.#report(line, "not_understood", messages);
  }

  leaveOut(line: number, why: string): void {
    this.#report(line, "left_out", [why]);
  }

  heading(line: number, note: string): void {
    this.#report(line, "heading", [note]);
  }

  /** Asks what has to be chosen before the roster can be taken. One question for each field. */
  ask(field: RosterQuestion["field"], message: string): void {
    if (!this.questions.some((one) => one.field === field)) this.questions.push({ field, message });
  }

  #report(
    line: number,
    kind: LineRead["kind"],
    notes: readonly string[],
    people: GivenPerson[] = [],
  ) {
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
