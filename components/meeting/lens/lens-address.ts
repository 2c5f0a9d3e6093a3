import type { Ms } from "#domain/event.ts";
import { formatUtc, parseUtc } from "#domain/time.ts";
import type { Window } from "#domain/window.ts";

/** How a meeting is looked at. Nothing of it is stored; the address carries it, so that a link shows the same. */
export interface Lens {
  /** Every connection by itself instead of people. */
  raw: boolean;
  /** Gaps up to this are joined; `null`: as the source has it. */
  graceMs: Ms | null;
  /** The moment looked at, to the second; `null`: now. */
  at: Ms | null;
  /** Only who was there in it. */
  window: Window | null;
  personId: string | null;
}

export const LONGEST_GRACE_S = 86_400;

/** Reads a query text such as `raw=1&grace=60`. What is not understood is as if it were not there. */
export function readLens(query: string): Lens {
  const params = new URLSearchParams(query);
  return {
    raw: params.get("raw") === "1",
    graceMs: readGrace(params.get("grace")),
    at: readMoment(params.get("at")),
    window: readWindow(params.get("window")),
    personId: params.get("person") || null,
  };
}

/** The query text of a lens, `""` for the plain view. What else stands in `query` stays as it is. */
export function writeLens(lens: Lens, query: string): string {
  const params = new URLSearchParams(query);
  const { raw, graceMs, at, window, personId } = lens;
  const told: [string, string | null][] = [
    ["raw", raw ? "1" : null],
    ["grace", graceMs === null ? null : String(graceMs / 1000)],
    ["at", at === null ? null : writeMoment(at)],
    ["window", window === null ? null : `${writeMoment(window.from)}/${writeMoment(window.to)}`],
    ["person", personId],
  ];
  for (const [name, value] of told) {
    params.delete(name);
    if (value !== null) params.set(name, value);
  }
  // A query may hold these as they are, and times can then be read in it.
  return params.toString().replaceAll("%3A", ":").replaceAll("%2F", "/");
}

/** A number of whole seconds up to a day, in ms; `null` for anything else. */
export function readGrace(text: string | null): Ms | null {
  if (text === null || !/^\d{1,5}$/.test(text)) return null;
  const seconds = Number(text);
  return seconds <= LONGEST_GRACE_S ? seconds * 1000 : null;
}

function readMoment(text: string | null | undefined): Ms | null {
  if (text == null || !/:\d\dZ$/.test(text)) return null;
  return parseUtc(text.replace("Z", ".000Z"));
}

function writeMoment(at: Ms): string {
  return formatUtc(at).replace(/\.\d+Z$/, "Z");
}

function readWindow(text: string | null): Window | null {
  const [begin, end, ...more] = text?.split("/") ?? [];
  const from = readMoment(begin);
  const to = readMoment(end);
  return from !== null && to !== null && from < to && more.length === 0 ? { from, to } : null;
}
