import { withoutPronouns } from "#domain/identity/pronouns.ts";
import type { RosterReading } from "#domain/scheduled/reading.ts";
import { NO_READING_OPTIONS, RosterReader, type RosterReadingOptions } from "./reading/lines.ts";
import { hasColumns, readList } from "./reading/list.ts";
import { type Fault, faultsAmong, type GivenPerson } from "./reading/roster-line.ts";
import { aboveHeading, delimiterOf, headingIn, isOverNames, readTable } from "./reading/table.ts";

export interface RosterRead {
  people: GivenPerson[];
  /** Every line that cannot be taken, and why. With any fault there is no roster. */
  faults: Fault[];
  reading: RosterReading;
}

/** Leaves room for a person of 300 characters among columns we do not read, not for a page of prose. */
const LONGEST_LINE = 10_000;
/** Counts blank lines too, and those that a quoted cell runs over. */
const MOST_LINES = 20_000;

/**
 * Reads a pasted roster: a table with any delimiter, with a heading in any of our languages or without one, or a
 * person a line: `Name`, `Name <mail>`, `Müller, Anna`, `1. Anna`. Pronouns are no part of a name. `reading` says
 * of every line that is not blank how it was read. Where several readings are possible it has a question, which
 * `options` answers. A text that is too long to be a roster is not read.
 */
export function readRoster(
  text: string,
  options: RosterReadingOptions = NO_READING_OPTIONS,
): RosterRead {
  const lines = text
    .replace(/^\uFEFF/, "")
    .replace(/\r\n|\r/g, "\n")
    .split("\n");
  const tooLong = faultOfLength(lines);
  const bare = tooLong === null ? lines.map(withoutPronouns) : [];
  const reading = new RosterReader(
    lines,
    bare.map(({ pronouns }) => pronouns),
  );
  if (tooLong === null) {
    readLines(
      reading,
      bare.map((line) => line.text),
      options,
    );
  } else reading.faults.push(tooLong);
  const { placed, questions } = reading;
  const faults = [...reading.faults, ...faultsAmong(placed)];
  // A question about a line is among its faults already; where one is about the columns the others follow.
  const isAsked = ({ field, message }: (typeof questions)[number]) =>
    faults.length === 0 ||
    (field === "columns" && faults.every((fault) => fault.message !== message));
  const asked: Fault[] = questions.filter(isAsked).map(({ field, message }) => ({
    field: "roster",
    message: `${field}: ${message}`,
  }));
  return {
    people: placed.map(({ person }) => person),
    faults: [...asked, ...faults].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)),
    reading: {
      lines: reading.lines.toSorted((a, b) => a.line - b.line),
      people_count: placed.length,
      columns: reading.columns,
      heading_line: reading.headingLine,
      commas: reading.commas,
      questions,
    },
  };
}

function readLines(
  reading: RosterReader,
  lines: readonly string[],
  options: RosterReadingOptions,
): void {
  const heading = headingIn(lines, options.headingLine);
  if (heading !== null && options.columns === null && isOverNames(heading)) {
    aboveHeading(reading, lines, heading);
    readList(reading, lines.slice(heading.line), options, heading.line + 1);
    return;
  }
  if (heading !== null) {
    readTable(reading, lines, heading, heading.delimiter, options);
    return;
  }
  const delimiter = delimiterOf(lines);
  const isTable = options.columns !== null || (options.commas !== "people" && hasColumns(lines));
  if (isTable && delimiter !== null) readTable(reading, lines, null, delimiter, options);
  else readList(reading, lines, options);
}

function faultOfLength(lines: readonly string[]): Fault | null {
  if (lines.length > MOST_LINES) {
    const message = `a roster has at most ${MOST_LINES} lines, and this has ${lines.length}`;
    return { field: "roster", message };
  }
  const long = lines.findIndex((line) => line.length > LONGEST_LINE);
  const message = `the line is longer than ${LONGEST_LINE} characters`;
  return long < 0 ? null : { field: "roster", line: long + 1, message };
}
