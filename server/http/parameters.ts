import type { z } from "zod";
import { nearestTo } from "#domain/time/nearest.ts";

interface Mistake {
  code: "unknown_parameter" | "repeated_parameter";
  message: string;
  details: { field: string; message: string }[];
}

/** What an address can be asked with. */
export interface Query {
  /** Its parameters by name. */
  takes: Readonly<Record<string, z.ZodType>>;
  /** Those of them that may be given several times, because each is asked for. */
  repeats?: readonly string[];
}

/** The mistake in a query: parameters that its address does not take, or repeated ones; `null` where there is none. */
export function mistakeIn(
  { searchParams }: Pick<URL, "searchParams">,
  { takes: parameters, repeats = [] }: Query,
): Mistake | null {
  const names = Object.keys(parameters);
  const asked = [...new Set(searchParams.keys())];
  const unknown = asked.filter((name) => !names.includes(name));
  const [first] = unknown;
  if (first === undefined) {
    return repeatedIn(
      asked.filter((name) => !repeats.includes(name)),
      searchParams,
    );
  }
  const meant = nearestTo(first, names);
  const hint = meant === null ? "." : `: did you mean ${meant}?`;
  const takes = names.length === 0 ? "none" : names.toSorted().join(", ");
  return {
    code: "unknown_parameter",
    message: `There is no parameter ${shown(first)} here${hint} This address takes ${takes}.`,
    details: unknown.slice(0, MOST_NAMED).map((name) => ({
      field: shown(name),
      message: wordsFor(nearestTo(name, names)),
    })),
  };
}

/** A repeated parameter is a mistake: it is not clear which value was meant. */
function repeatedIn(asked: readonly string[], params: URLSearchParams): Mistake | null {
  const repeated = asked.filter((name) => params.getAll(name).length > 1);
  const [first] = repeated;
  if (first === undefined) return null;
  return {
    code: "repeated_parameter",
    message: `The parameter ${first} is there ${params.getAll(first).length} times, and may be there once.`,
    details: repeated.map((field) => ({ field, message: "may be there once" })),
  };
}

function wordsFor(meant: string | null): string {
  return meant === null ? "is not known here" : `is not known here; ${meant} is`;
}

const MOST_NAMED = 20;
const LONGEST_SHOWN = 60;

/** A text that a caller sent, shortened to be quoted in an answer. */
export function shown(name: string): string {
  return name.length > LONGEST_SHOWN ? `${name.slice(0, LONGEST_SHOWN)}…` : name;
}
