import { text, upTo, word } from "./query.ts";

/** The parameters that many addresses have in common. */

/** How many results a page has where nobody says. */
export const DEFAULT_LIMIT = 25;

/** Of a list that goes on from page to page. */
export const LIST = {
  cursor: text.describe("Taken from next or previous only"),
  limit: upTo(200, 1).describe(`How many results a page has; the default is ${DEFAULT_LIMIT}`),
};
/** The zone of the days and hours in an answer. */
export const ZONE = {
  tz: text.describe("The name of a time zone; the default is the installation's"),
};
/** Of what is read of some days. */
export const RANGE = {
  from: text.describe("A day, or a moment: not before it"),
  to: text.describe("A day, which is included, or a moment, which is not"),
  ...ZONE,
};
/** Of a file. */
export const FILE = {
  bom: word(["0", "1"]).describe("1: a CSV begins with a byte order mark"),
  download: text.describe("An id of 16 to 64 letters, digits, - or _ by which it can be followed"),
  for: word(["people", "programs"]).describe(
    "people: a CSV as their spreadsheet opens it; the default is programs",
  ),
  locale: text.describe("Whose spreadsheet opens a CSV for people; the default is en"),
};
