/*
 * Every address for programs, its methods, and the parameters of each: any other parameter in a query is the
 * caller's mistake, and is named instead of ignored. The addresses of bots are Attendee's, and not here.
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
// A room is of one source: to name that source changes nothing, and is no mistake.
const REGISTER = [
  "source",
  ...["held_ms", "late_ms", "early_ms", "share", "attended_ms"],
  ...["regular_share", "regular_last", "missed", "min_duration_ms"],
  ...RANGE,
];
const IMPORT = ["file", "format", "tz", "dates", "day", "room", "columns", "dry_run", "by"];
/** A provider calls the address it was given, with any parameters: they are not checked. */
const ANYTHING = null;

export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof METHODS)[number];
type Taken = Partial<Record<Method, readonly string[] | null>>;

/** By address below `/api`; `*` is any one part, and `.*` the ending of a file. */
const ADDRESSES: Readonly<Record<string, Taken>> = {
  "/health": { GET: [] },
  "/v1/class-lists": { GET: LIST, POST: [] },
  "/v1/class-lists/*": { GET: [], PUT: [], DELETE: [] },
  "/v1/deliveries": { GET: ["source", "room", "status", "id", ...LIST] },
  "/v1/deliveries/*": { GET: [] },
  "/v1/demonstration": { GET: [], DELETE: [] },
  "/v1/demonstration/removal": { GET: [] },
  "/v1/downloads/*": { GET: [], DELETE: [] },
  "/v1/imports": { GET: LIST, POST: IMPORT },
  "/v1/imports/*": { GET: [], DELETE: ["dry_run"] },
  "/v1/installation": { GET: [], PATCH: [] },
  "/v1/meetings": { GET: [...MEETINGS, ...LIST] },
  "/v1/meetings.*": { GET: [...MEETINGS, ...FILE] },
  "/v1/meetings/*": { GET: ["grace_ms"] },
  "/v1/meetings/*/attendance.*": { GET: ["grace_ms", "tz", ...FILE] },
  "/v1/meetings/*/events": { GET: ["after_seq", "limit"] },
  "/v1/meetings/*/neighbours": { GET: [] },
  "/v1/meetings/*/rulings": { POST: [] },
  "/v1/meetings/*/rulings/*": { DELETE: [] },
  "/v1/people": { GET: [...PEOPLE, ...LIST] },
  "/v1/people.*": { GET: [...PEOPLE, ...FILE] },
  "/v1/people/*": { GET: PERSON },
  "/v1/people/*/meetings": { GET: [...PERSON, ...LIST] },
  "/v1/people/*/record.*": { GET: [...PERSON, ...FILE] },
  "/v1/people/*/with/*": { GET: [] },
  "/v1/people/apart": { GET: [], POST: [] },
  "/v1/people/apart/*": { DELETE: [] },
  "/v1/people/links": { POST: [] },
  "/v1/people/links/*": { DELETE: [] },
  "/v1/rooms": { GET: [...ROOMS, ...LIST] },
  "/v1/rooms.*": { GET: [...ROOMS, ...FILE] },
  "/v1/rooms/*/class-list": { PUT: [] },
  "/v1/rooms/*/register": { GET: REGISTER },
  "/v1/rooms/*/register.*": { GET: [...REGISTER, "layout", ...FILE] },
  "/v1/rooms/*/settings": { GET: [], PATCH: [] },
  "/v1/rosters/read": { POST: [] },
  "/v1/scheduled-meetings": { GET: ["source", "room", "q", "order", ...RANGE, ...LIST], POST: [] },
  "/v1/scheduled-meetings/*": { GET: [], PUT: [], DELETE: [] },
  "/v1/scheduled-meetings/*/attendance.*": { GET: ["tz", ...FILE] },
  "/v1/scheduled-meetings/*/matches": { PUT: [], DELETE: [] },
  "/v1/scheduled-meetings/*/roster": { PUT: [] },
  "/v1/scheduled-meetings/*/withdrawal": { DELETE: [] },
  "/v1/sources": { GET: [] },
  "/v1/sources/*": { PATCH: [] },
  "/v1/statements": { POST: [] },
  "/v1/statements/*": { GET: ["hash"] },
  "/v1/statements/*/check": { POST: ["hash"] },
  "/v1/waiting": { GET: WAITING },
  "/v1/waiting/lost": { GET: [...LOST, ...LIST] },
  "/v1/waiting/lost.*": { GET: [...LOST, ...FILE] },
  "/v1/waits": { GET: [...WAITS, ...LIST] },
  "/v1/waits.*": { GET: [...WAITS, ...FILE] },
  "/webhooks/*/*": { POST: ANYTHING },
};

/** Parameters that may come several times: each value is asked for. */
export const LISTS: ReadonlySet<string> = new Set(["id"]);

/** A part with a name goes before `*`, which stands for any one part. */
const PATTERNS = Object.entries(ADDRESSES)
  .toSorted(([one], [other]) => (one.replaceAll("*", "~") < other.replaceAll("*", "~") ? -1 : 1))
  .map(([address, taken]) => {
    const parts = address.replaceAll(".*", "\\.(?:csv|json|xlsx)").replaceAll("/*", "/[^/]+");
    return { address: new RegExp(`^/api${parts}$`), taken };
  });

/** The methods of an address with their parameters; `null` for an address that is not listed here. */
function takenAt(pathname: string): Taken | null {
  return PATTERNS.find(({ address }) => address.test(pathname))?.taken ?? null;
}

/** The parameters that a method of an address takes; `null` where they are not checked. */
export function parametersOf(method: string, pathname: string): readonly string[] | null {
  const asked = METHODS.find((one) => one === (method === "HEAD" ? "GET" : method));
  const taken = asked === undefined ? [] : takenAt(pathname)?.[asked];
  return taken === undefined ? [] : taken;
}

/** The methods that an address takes, as `Allow` lists them; `null` for an address that is not listed here. */
export function methodsOf(pathname: string): string[] | null {
  const taken = takenAt(pathname);
  if (taken === null) return null;
  const own = METHODS.filter((method) => taken[method] !== undefined);
  return own.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])).concat("OPTIONS");
}
