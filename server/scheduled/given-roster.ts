import { z } from "zod";
import type { Roster } from "#db/scheduled/roster-rows.ts";
import { COLUMN_MEANINGS, COMMAS, type RosterReading } from "#domain/scheduled/reading.ts";
import { NO_READING_OPTIONS, type RosterReadingOptions } from "./reading/lines.ts";
import {
  type Fault,
  faultsAmong,
  MOST_PEOPLE,
  personShape,
  tooMany,
} from "./reading/roster-line.ts";
import { MOST_COLUMNS } from "./reading/table.ts";
import { readRoster } from "./roster-text.ts";

export interface GivenRoster {
  roster: Roster;
  /** How its text was understood; `null` for a list of people. */
  reading: RosterReading | null;
  faults: Fault[];
}

const optionsShape = z.object({
  columns: z
    .array(
      z.enum(COLUMN_MEANINGS, { error: `must be of ${COLUMN_MEANINGS.join(", ")}` }).nullable(),
    )
    .max(MOST_COLUMNS)
    .nullish(),
  heading_line: z.int({ error: "must be the number of a line" }).min(0).max(20_000).nullish(),
  commas: z.enum(COMMAS, { error: `must be one of ${COMMAS.join(", ")}` }).nullish(),
});

/** A roster with how it is to be read, as it stands in bodies. */
export const rosterShape = z.object({
  roster: z.union([z.string(), z.array(personShape).max(MOST_PEOPLE)]).nullish(),
  reading: optionsShape.nullish().describe("How a roster that is text is to be read"),
});

/** The `roster` of a request's body, read with the options in its `reading`; `null` where it has none. */
export function rosterIn(body: unknown): Omit<GivenRoster, "roster"> & { roster: Roster | null } {
  const given = fieldOf(body, "roster");
  if (given === undefined || given === null) return { roster: null, reading: null, faults: [] };
  return rosterOf(given, fieldOf(body, "reading"));
}

/** Reads a roster given as text or as a list of people. Faults are returned, not thrown. */
export function rosterOf(given: unknown, options: unknown = null): GivenRoster {
  if (typeof given === "string") return rosterOfText(given, options);
  if (!Array.isArray(given)) {
    const message = "must be text or a list of people";
    return { roster: [], reading: null, faults: [{ field: "roster", message }] };
  }
  if (given.length > MOST_PEOPLE) {
    return { roster: [], reading: null, faults: [tooMany(given.length)] };
  }
  const faults: Fault[] = [];
  const placed = given.flatMap((one: unknown, index) => {
    const line = index + 1;
    const read = personShape.safeParse(one);
    if (read.success) return [{ line, person: read.data }];
    for (const { message } of read.error.issues) faults.push({ field: "roster", line, message });
    return [];
  });
  faults.push(...faultsAmong(placed));
  return { roster: placed.map(({ person }) => person), reading: null, faults };
}

function rosterOfText(text: string, given: unknown): GivenRoster {
  const read = optionsShape.nullish().safeParse(given);
  const options: RosterReadingOptions = read.success
    ? {
        columns: read.data?.columns ?? null,
        headingLine: read.data?.heading_line ?? null,
        commas: read.data?.commas ?? null,
      }
    : NO_READING_OPTIONS;
  const { people, faults, reading } = readRoster(text, options);
  const wrong = (read.error?.issues ?? []).map(({ path, message }) => ({
    field: ["reading", ...path].join("."),
    message,
  }));
  return { roster: people, reading, faults: [...wrong, ...faults] };
}

function fieldOf(body: unknown, name: string): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return null;
  return Object.hasOwn(body, name) ? Reflect.get(body, name) : null;
}
