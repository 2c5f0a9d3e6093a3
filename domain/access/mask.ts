import type { Recorded } from "#domain/event/recorded.ts";
import { namesNobody } from "#domain/identity/generic-names.ts";
import { foldName } from "#domain/identity/name.ts";
import { isNoteTakerName } from "#domain/identity/note-taker.ts";

/*
 * What somebody sees of people whose names they may not see: initials, and of an id, which may carry a name or an
 * address, only whether it is the same as another.
 */

/** What every program is called: its own name would often say whose it is. */
export const PROGRAM = "Note-taker";
/** What somebody is called whose name has no letters. */
const NO_LETTERS = "?";
/** Further words of a name are left out. */
const MOST_INITIALS = 4;

/**
 * The initials of a name, `A. L.` of Ada Lovelace; of an address only those of what stands before the `@`. A program
 * is called `Note-taker`; `noteTakers` are the words for programs of the source.
 */
export function maskedName(name: string, noteTakers: readonly string[] = []): string {
  if (name === "") return name;
  if (isNoteTakerName(name, noteTakers)) return PROGRAM;
  const [before = ""] = name.normalize("NFC").split("@");
  const words = before.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*/gu) ?? [];
  if (words.length === 0) return NO_LETTERS;
  const initials = words.slice(0, MOST_INITIALS).map((word) => `${initialOf(word)}.`);
  return initials.join(" ");
}

/** The first letter, as a capital where that is one letter too. */
function initialOf(word: string): string {
  const [first = ""] = word;
  const capital = first.toUpperCase();
  return [...capital].length === 1 ? capital : first;
}

/** Makes a short text of another: always the same, and nobody can find the other from it. */
export type Pseudonym = (text: string) => string;

/** A user id, or an address, that may carry a name. */
export function maskedId(id: string, pseudonym: Pseudonym): string {
  return `~${pseudonym(id)}`;
}

/** Of a person in a meeting, whose id is made of their user id where they have one. */
function maskedPersonId(id: string, pseudonym: Pseudonym): string {
  return id.startsWith(USER) ? USER + maskedId(id.slice(USER.length), pseudonym) : id;
}

const USER = "u:";

/** Fields with a name, or several, of somebody. */
const NAMES = new Set([
  ...["name", "names", "called", "formerName", "former_name", "otherName", "other_name"],
  ...[
    "seenAs",
    "seen_as",
    "participant_name",
    "entry",
    "nameKey",
    "nameKeys",
    "sortKey",
    "aliases",
  ],
]);
/** Fields with an id or an address, or several, that may carry a name. */
const IDS = new Set([
  ...["userId", "user_id", "userIds", "user_ids", "user_uuid", "participant_user_uuid"],
  ...["email", "emails"],
]);
const PEOPLE_IDS = new Set(["personId", "person_id"]);
/** Fields with what somebody wrote about a person: any of its words may be a name. */
const WRITTEN = new Set(["deskNote", "desk_note"]);
/** Fields whose `name` is no person's. */
const NOT_PEOPLE = new Set([
  ...["source", "sources", "class_list", "classList", "lists", "list"],
  // Its name is left out where the alert is shown (`server/desk/alerts/shown-alert.ts`).
  "rule",
]);
/** A thing with one of these fields is no person. */
const OF_THINGS = ["provider", "scopes", "rooms_count", "roomsCount"];

/**
 * What is answered or shown, with initials for names, wherever in it they stand. Which fields are names, and which ids
 * may carry one, is decided by what they are called: one thing has one word in all layers.
 */
export function masked<T>(value: T, pseudonym: Pseudonym): T;
export function masked(value: unknown, pseudonym: Pseudonym): unknown {
  return new Masking(pseudonym).of(value, null);
}

class Masking {
  readonly #pseudonym: Pseudonym;

  constructor(pseudonym: Pseudonym) {
    this.#pseudonym = pseudonym;
  }

  /** `field` is what holds the value, of all lists the field that holds the list. */
  of(value: unknown, field: string | null): unknown {
    if (Array.isArray(value)) return value.map((one) => this.of(one, field));
    if (value instanceof Map) {
      return new Map([...value].map(([key, one]) => [key, this.of(one, field)]));
    }
    if (typeof value !== "object" || value === null) return value;
    // Of moments, bytes and the like nothing could be read field by field.
    if (ArrayBuffer.isView(value) || Object.keys(value).length === 0) return value;
    const isPerson = !isThing(value, field);
    const entries = Object.entries(value).map(([key, one]) => [
      key,
      this.#field(key, one, value, isPerson),
    ]);
    return Object.fromEntries(entries);
  }

  #field(key: string, value: unknown, holder: object, isPerson: boolean): unknown {
    if (WRITTEN.has(key)) return null;
    if (NAMES.has(key) && (isPerson || key !== "name")) return this.#texts(value, key, maskedName);
    if (IDS.has(key)) return this.#texts(value, key, (id) => maskedId(id, this.#pseudonym));
    const person = (id: string) => maskedPersonId(id, this.#pseudonym);
    if (PEOPLE_IDS.has(key) || (key === "id" && isPerson)) return this.#texts(value, key, person);
    // Who was looked for and found, in words.
    if (key === "person") return this.#texts(value, key, maskedName);
    // Who removed an observer, beside the reason. Others who did something are operators.
    if (key === "by" && "reason" in holder) return this.#texts(value, key, maskedName);
    // What somebody is known again by.
    const isKnownBy = "identified_by" in holder || "identifiedBy" in holder || "knownBy" in holder;
    if (key === "key" && isKnownBy) {
      return this.#texts(value, key, (id) => maskedId(id, this.#pseudonym));
    }
    if (key === "value" && ("known_by" in holder || "knownBy" in holder)) {
      return this.#texts(value, key, (id) => maskedId(id, this.#pseudonym));
    }
    return this.of(value, key);
  }

  /** A text, or each of several; whatever else stands there is looked at as anything is. */
  #texts(value: unknown, key: string, mask: (text: string) => string): unknown {
    if (typeof value === "string") return mask(value);
    if (Array.isArray(value)) {
      return value.map((one: unknown) => (typeof one === "string" ? mask(one) : this.of(one, key)));
    }
    return this.of(value, key);
  }
}

function isThing(value: object, field: string | null): boolean {
  return (
    (field !== null && NOT_PEOPLE.has(field)) || OF_THINGS.some((of) => Object.hasOwn(value, of))
  );
}

/**
 * The events of a meeting for a page, which says from them who is who. Two guests with the same initials stay two: each
 * has an id that follows from their name. `noteTakers` are the words for programs of the source.
 */
export function maskedRecords(
  records: readonly Recorded[],
  pseudonym: Pseudonym,
  noteTakers: readonly string[],
): Recorded[] {
  return records.map((record) => {
    const { name, user_id } = record.data;
    const plain = masked(record, pseudonym);
    if (typeof name !== "string") return plain;
    const folded = user_id == null ? foldName(name) : null;
    const program = isNoteTakerName(name, noteTakers);
    const isGuest = folded !== null && !program && !namesNobody(folded);
    return {
      ...plain,
      data: {
        ...plain.data,
        name: maskedName(name, noteTakers),
        ...(isGuest && { user_id: maskedId(`name ${folded}`, pseudonym) }),
      },
    };
  });
}
