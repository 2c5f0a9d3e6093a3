/** Somewhere to go from a row of the desk, or something to copy: an address with names in it that are filled in. */
export interface ActLink {
  label: string;
  /** As `https://records.example.com/?patient={user_id}`. */
  url: string;
  how: ActHow;
}

export const ACT_HOWS = ["open", "copy"] as const;
export type ActHow = (typeof ACT_HOWS)[number];

/** What the names in an address stand for; `null` where it is not known of somebody. */
export interface ActValues {
  /** The room's key. */
  room: string;
  /** What the person is called. */
  person: string | null;
  user_id: string | null;
  /** The id of the meeting. */
  meeting: string | null;
}

export const MOST_ACT_LINKS = 8;
export const LONGEST_ACT_LABEL = 60;
export const LONGEST_ACT_URL = 1_000;

/** Addresses that lead somewhere, or write to or call somebody; none that a browser would run. */
const SCHEMES: ReadonlySet<string> = new Set([
  ...["https:", "http:", "mailto:", "tel:", "sip:", "msteams:", "slack:"],
]);
const NAME = /\{([^{}]*)\}/g;
const NAMES: ReadonlySet<string> = new Set<keyof ActValues>([
  ...(["room", "person", "user_id", "meeting"] as const),
]);

/** Why an address cannot be used; `null` where it can, whatever it is filled with. */
export function faultOfActUrl(url: string): string | null {
  const unknown = [...url.matchAll(NAME)].find(([, name = ""]) => !NAMES.has(name));
  if (unknown !== undefined)
    return `${unknown[0]} is none of {room}, {person}, {user_id}, {meeting}`;
  const [one, other] = ["a", "b"].map((text) => parsed(url.replaceAll(NAME, text)));
  if (one == null || other == null) return "is no address";
  if (!SCHEMES.has(one.protocol)) return "begins with https:, http:, mailto:, tel: or the like";
  if (one.username !== "" || one.password !== "") return "has a name or a password in it";
  // What is filled in never says where it leads.
  return one.protocol === other.protocol && one.host === other.host
    ? null
    : "has the names after its host";
}

/** The address for somebody, each value as one part of it; `null` where one is not known, or would be a step upwards. */
export function filledActUrl(url: string, values: ActValues): string | null {
  if (faultOfActUrl(url) !== null) return null;
  let isWhole = true;
  const filled = url.replaceAll(NAME, (_, name: string) => {
    const value = valueNamed(values, name);
    if (value === null || value === "" || value === "." || value === "..") isWhole = false;
    return encodeURIComponent((value ?? "").toWellFormed());
  });
  return isWhole ? filled : null;
}

function valueNamed(values: ActValues, name: string): string | null {
  switch (name) {
    case "room":
    case "person":
    case "user_id":
    case "meeting":
      return values[name];
    default:
      return null;
  }
}

function parsed(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
