import { nearestTo } from "#domain/nearest.ts";

/*
 * What each address of `/api/v1` can be asked with: whatever else stands in a query is a mistake of whoever
 * asked, and is named instead of passed over. An address that is not here takes nothing. Those of bots are
 * Attendee's, and are not asked here.
 */

const LIST = ["cursor", "limit"];
const RANGE = ["from", "to", "tz"];
const ORDER = ["sort", "order"];
const FILE = ["bom", "download", "for", "locale"];
const MEETINGS = ["status", "person", "source", "room", "q", "min_duration_ms", ...RANGE, ...ORDER];
const ROOMS = ["source", "q", "min_duration_ms", ...RANGE, ...ORDER];
const PEOPLE = ["source", "room", "q", "min_duration_ms", ...RANGE, ...ORDER];
const PERSON = ["source", "room", "min_duration_ms", ...RANGE];
const LOST = ["outcome", "source", "room", "week_hour", "target_ms", ...RANGE];
const WAITS = ["show", ...LOST];
const WAITING = ["source", "room", "target_ms", "level", "short", ...RANGE, ...ORDER];
// A room, and whom a page is of, is of one source: to name that narrows nothing, and is no mistake.
const REGISTER = [
  "source",
  ...["held_ms", "late_ms", "early_ms", "share", "attended_ms"],
  ...["regular_share", "regular_last", "missed", "min_duration_ms"],
  ...RANGE,
];
const IMPORT = ["file", "format", "tz", "dates", "day", "room", "columns", "dry_run", "by"];

/** By method and address; `*` is any one part, and `.*` the ending of a file. Any other method takes nothing. */
const TAKEN: Record<string, readonly string[]> = {
  "GET /class-lists": LIST,
  "GET /deliveries": ["source", "room", "status", "id", ...LIST],
  "GET /imports": LIST,
  "POST /imports": IMPORT,
  "DELETE /imports/*": ["dry_run"],
  "GET /meetings": [...MEETINGS, ...LIST],
  "GET /meetings.*": [...MEETINGS, ...FILE],
  "GET /meetings/*": ["grace_ms"],
  "GET /meetings/*/attendance.*": ["grace_ms", "tz", ...FILE],
  "GET /meetings/*/events": ["after_seq", "limit"],
  "GET /people": [...PEOPLE, ...LIST],
  "GET /people.*": [...PEOPLE, ...FILE],
  "GET /people/*": PERSON,
  "GET /people/*/meetings": [...PERSON, ...LIST],
  "GET /people/*/record.*": [...PERSON, ...FILE],
  "GET /rooms": [...ROOMS, ...LIST],
  "GET /rooms.*": [...ROOMS, ...FILE],
  "GET /rooms/*/register": REGISTER,
  "GET /rooms/*/register.*": [...REGISTER, "layout", ...FILE],
  "GET /scheduled-meetings": ["source", "room", "q", "order", ...RANGE, ...LIST],
  "GET /scheduled-meetings/*/attendance.*": ["tz", ...FILE],
  "GET /statements/*": ["hash"],
  "POST /statements/*/check": ["hash"],
  "GET /waiting": WAITING,
  "GET /waiting/lost": [...LOST, ...LIST],
  "GET /waiting/lost.*": [...LOST, ...FILE],
  "GET /waits": [...WAITS, ...LIST],
  "GET /waits.*": [...WAITS, ...FILE],
};

const PATTERNS = Object.entries(TAKEN).map(([address, names]) => {
  const parts = address.replaceAll(".*", "\\.[a-z]+").replaceAll("/*", "/[^/]+");
  return { address: new RegExp(`^${parts}$`), names };
});

/** What an address can be asked with. */
function parametersOf(method: string, pathname: string): readonly string[] {
  const asked = `${method === "HEAD" ? "GET" : method} ${pathname.replace(/^\/api\/v1/, "")}`;
  // `/*` stands for one part, so what has an ending of its own is named before it.
  const known = PATTERNS.filter(({ address }) => address.test(asked));
  return (
    known.find(({ address }) => address.source.includes("\\."))?.names ?? known[0]?.names ?? []
  );
}

/** What is wrong with a query that asks for what its address does not know; `null` where nothing is. */
export function unknownIn(
  method: string,
  { pathname, searchParams }: URL,
): { message: string; details: { field: string; message: string }[] } | null {
  const names = parametersOf(method, pathname);
  const unknown = [...new Set(searchParams.keys())].filter((name) => !names.includes(name));
  const [first] = unknown;
  if (first === undefined) return null;
  const meant = nearestTo(first, names);
  const hint = meant === null ? "." : `: did you mean ${meant}?`;
  const takes = names.length === 0 ? "none" : names.toSorted().join(", ");
  return {
    message: `There is no parameter ${shown(first)} here${hint} This address takes ${takes}.`,
    details: unknown.slice(0, MOST_NAMED).map((name) => ({
      field: shown(name),
      message: wordsFor(nearestTo(name, names)),
    })),
  };
}

function wordsFor(meant: string | null): string {
  return meant === null ? "is not known here" : `is not known here; ${meant} is`;
}

const MOST_NAMED = 20;
const LONGEST_SHOWN = 60;

/** A text somebody sent, as short as it is said back. */
export function shown(name: string): string {
  return name.length > LONGEST_SHOWN ? `${name.slice(0, LONGEST_SHOWN)}…` : name;
}
