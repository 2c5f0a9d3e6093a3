import { maskedId, maskedName, type Pseudonym } from "#domain/access/mask.ts";

/*
 * The body of a delivery for whoever sees initials in place of names. Every provider has its own words for a name, and
 * a body that could not be read may hold one anywhere: so what stays is what cannot be one, and everything else goes.
 */

/** In place of a text that may say who somebody is. */
export const HIDDEN = "•••";

/** Moments, and words in lower case that are joined by dots or underscores, as the types of webhooks. */
const MOMENT = /^\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?$/;
const KIND = /^(?:[a-z]+[._-])*[a-z]+$/;
const KINDS = new Set([
  "type",
  "event_type",
  "event",
  "trigger",
  "version",
  "status",
  "state",
  "api_version",
]);

/** A body of JSON with initials for names; `null` for one that is none, of which nothing can be shown. */
export function maskedBody(body: string, pseudonym: Pseudonym): string | null {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
  return JSON.stringify(masked(value, null, pseudonym));
}

function masked(value: unknown, field: string | null, pseudonym: Pseudonym): unknown {
  if (typeof value === "string") return text(value, field, pseudonym);
  if (Array.isArray(value)) return value.map((one) => masked(one, field, pseudonym));
  if (typeof value !== "object" || value === null) {
    // A number that an account is known by is an id as well.
    const isId = typeof value === "number" && field !== null && /id$/i.test(field);
    return isId ? text(String(value), field, pseudonym) : value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, masked(one, key, pseudonym)]),
  );
}

function text(value: string, field: string | null, pseudonym: Pseudonym): string {
  if (value === "" || MOMENT.test(value)) return value;
  if (field === null) return HIDDEN;
  if (KINDS.has(field) && KIND.test(value)) return value;
  if (/name$/i.test(field)) return maskedName(value);
  if (/id$|uuid$|^email$/i.test(field)) return maskedId(value, pseudonym);
  return HIDDEN;
}
