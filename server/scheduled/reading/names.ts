import { isEmail } from "#domain/identity/email.ts";
import type { Commas } from "#domain/scheduled/reading.ts";
import { foldWord } from "./words.ts";

/** The marks that lists have before names: a number, a bullet, a box to tick. */
const MARKS = [
  /^\(?\d{1,4}[.)]\s*(?=[\p{L}"<])/u,
  /^(?:[•·▪▫◦‣○●☐☑☒□■✓✔✗✘]\s*|[-–—*+]\s+|\[[ xX✓]?\]\s*)/u,
];

/** Splits a line into the mark at its beginning and the text after it. */
export function withoutMark(text: string): { text: string; mark: string } {
  let rest = text.trim();
  const whole = rest;
  for (let round = 0; round < 3; round += 1) {
    const before = rest;
    for (const mark of MARKS) rest = rest.replace(mark, "");
    if (rest === before) break;
  }
  return { text: rest, mark: whole.slice(0, whole.length - rest.length).trim() };
}

/** Names in these scripts are written without a space, the family name first. */
const EAST_ASIAN =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}ー々]+$/u;

/** A first and a last name as one name. */
export function joinedName(first: string, last: string): string {
  const [given, family] = [first.trim(), last.trim()];
  if (given === "" || family === "") return given || family;
  return EAST_ASIAN.test(given + family) ? family + given : `${given} ${family}`;
}

const SUFFIXES = new Set(
  ["jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "ma", "msc", "bsc", "ba", "esq", "cpa", "rn"]
    .concat(["dr", "drmed", "prof", "profdr", "mag", "diplIng", "junior", "senior", "dds", "llm"])
    .map(foldWord),
);

function isSuffix(text: string): boolean {
  return text.length < 20 && SUFFIXES.has(foldWord(text));
}

/** The shape of a name with commas: `pair` and `double` have two parts, `many` has more. */
type Shape = "none" | "suffix" | "pair" | "double" | "many";

function partsOf(name: string): string[] {
  return name
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function shapeOf(name: string): Shape {
  const all = partsOf(name);
  const parts = all.filter((part, index) => index === 0 || !isSuffix(part));
  if (parts.length === 1) return all.length === 1 ? "none" : "suffix";
  if (parts.length > 2) return "many";
  return parts.every((part) => /\s/.test(part)) ? "double" : "pair";
}

/**
 * How to read the commas in the names of a list: as `chosen`, else from the lines. Three parts may be three
 * people; two parts of two words each may be two people, unless another line is plainly `Müller, Anna`. `null`
 * where that cannot be decided.
 */
export function commasOf(names: readonly string[], chosen: Commas | null): Commas | null {
  if (chosen !== null) return chosen;
  const shapes = new Set(names.map(shapeOf));
  if (shapes.has("many")) return null;
  return shapes.has("double") && !shapes.has("pair") ? null : "last_first";
}

/** Whether a name has commas that can be read in several ways. */
export function hasCommas(name: string): boolean {
  const shape = shapeOf(name);
  return shape !== "none" && shape !== "suffix";
}

/** The names in a text with commas; `null` where it is undecided how to read them. */
export function namesIn(name: string, commas: Commas | null): string[] | null {
  if (!name.includes(",")) return [name];
  switch (shapeOf(name)) {
    case "none":
      return [name.replace(/^[,\s]+|[,\s]+$/g, "")];
    case "suffix":
      return [name];
    case "pair":
    case "double":
    case "many":
      break;
  }
  const parts = partsOf(name);
  switch (commas) {
    case null:
      return null;
    case "part_of_name":
      return [name];
    case "people":
      return parts;
    case "last_first": {
      const [last = "", first = "", ...more] = parts.filter(
        (part, at) => at === 0 || !isSuffix(part),
      );
      const suffixes = parts.filter((part, at) => at > 0 && isSuffix(part));
      if (more.length > 0) return null;
      return [[joinedName(first, last), ...suffixes].join(", ")];
    }
    default:
      return commas satisfies never;
  }
}

/** `Name <mail>`, `Name (mail)` or `Name mail`; `null` for anything else. */
export function addressedIn(text: string): { name: string; email: string } | null {
  for (const [open, close] of [
    ["<", ">"],
    ["(", ")"],
  ] as const) {
    if (!text.endsWith(close)) continue;
    const opens = text.lastIndexOf(open);
    const email = text.slice(opens + 1, -1).trim();
    // Text in angle brackets is an address, or a mistake in one.
    if (opens >= 0 && (open === "<" || isEmail(email))) {
      return { name: unquoted(text.slice(0, opens).trim()), email: withoutScheme(email) };
    }
  }
  const space = text.lastIndexOf(" ");
  const last = text.slice(space + 1);
  if (space < 0 || !isEmail(last)) return null;
  return { name: unquoted(text.slice(0, space).trim()), email: last };
}

export function withoutScheme(email: string): string {
  return email.replace(/^mailto:/i, "");
}

function unquoted(text: string): string {
  return /^"[^"]*"$/.test(text) ? text.slice(1, -1) : text;
}
