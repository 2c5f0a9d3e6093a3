import type { TimeWindow } from "#domain/meeting/window.ts";
import type { Ms } from "#domain/time/ms.ts";
import { formatUtc, parseUtc } from "#domain/time/time.ts";

/** How a meeting is looked at. It is not stored: the address carries it, so that a link shows the same. Times in ms. */
export interface Lens {
  /** A lane per connection instead of one per person. */
  raw: boolean;
  /** Gaps up to this length are joined; `null`: the source's own grace. */
  graceMs: Ms | null;
  /** The moment shown, to the second; `null`: now. */
  at: Ms | null;
  /** Only people who were there in this window; `null`: all. */
  window: TimeWindow | null;
  personId: string | null;
}

export const LONGEST_GRACE_S = 86_400;

/** Each parameter of a lens: how its text is read (`null`: not understood), and what the page shows instead then. */
export const LENS = {
  raw: { read: readRaw, instead: "People are shown." },
  grace: { read: readGrace, instead: "The grace is that of the source." },
  at: { read: readMoment, instead: "The meeting is shown as it is now." },
  window: { read: readWindow, instead: "All of the meeting is shown." },
  person: { read: (text: string) => text || null, instead: "Nobody is chosen." },
} as const;

/** Reads a query text such as `raw=1&grace=60`. A parameter that is not understood counts as missing. */
export function readLens(query: string): Lens {
  const params = new URLSearchParams(query);
  const parameter = <T>(name: keyof typeof LENS, read: (text: string) => T | null): T | null => {
    const text = params.get(name);
    return text === null ? null : read(text);
  };
  return {
    raw: parameter("raw", LENS.raw.read) ?? false,
    graceMs: parameter("grace", LENS.grace.read),
    at: parameter("at", LENS.at.read),
    window: parameter("window", LENS.window.read),
    personId: parameter("person", LENS.person.read),
  };
}

/** The query text of a lens, `""` for the plain view. Other parameters of `query` stay as they are. */
export function writeLens(lens: Lens, query: string): string {
  const params = new URLSearchParams(query);
  const { raw, graceMs, at, window, personId } = lens;
  const values: [keyof typeof LENS, string | null][] = [
    ["raw", raw ? "1" : null],
    ["grace", graceMs === null ? null : String(graceMs / 1000)],
    ["at", at === null ? null : writeMoment(at)],
    ["window", window === null ? null : `${writeMoment(window.from)}/${writeMoment(window.to)}`],
    ["person", personId],
  ];
  for (const [name, value] of values) {
    // An unreadable value stays until another one replaces it: the page shows a notice about it.
    if (value === null && isUnreadable(name, params)) continue;
    params.delete(name);
    if (value !== null) params.set(name, value);
  }
  // A query may contain `:` and `/` unescaped, and people can then read its times.
  return params.toString().replaceAll("%3A", ":").replaceAll("%2F", "/");
}

function isUnreadable(name: keyof typeof LENS, params: URLSearchParams): boolean {
  const text = params.get(name);
  return text !== null && text !== "" && LENS[name].read(text) === null;
}

function readRaw(text: string): boolean | null {
  return text === "1" ? true : text === "0" ? false : null;
}

/** A number of whole seconds up to a day, in ms; `null` for anything else. */
export function readGrace(text: string): Ms | null {
  if (!/^\d{1,5}$/.test(text)) return null;
  const seconds = Number(text);
  return seconds <= LONGEST_GRACE_S ? seconds * 1000 : null;
}

function readMoment(text: string): Ms | null {
  if (!/:\d\dZ$/.test(text)) return null;
  return parseUtc(text.replace("Z", ".000Z"));
}

function writeMoment(at: Ms): string {
  return formatUtc(at).replace(/\.\d+Z$/, "Z");
}

function readWindow(text: string): TimeWindow | null {
  const [begin = "", end = "", ...more] = text.split("/");
  const from = readMoment(begin);
  const to = readMoment(end);
  return from !== null && to !== null && from < to && more.length === 0 ? { from, to } : null;
}
