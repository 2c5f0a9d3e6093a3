import { isKnownHeading, type Meaning, meaningOf } from "#server/providers/import/headings.ts";
import { tidy } from "#server/providers/import/languages/roles.ts";
import { NotUnderstood, type RefusalDetail } from "./refusal.ts";
import { cellsIn, DELIMITERS } from "./table.ts";

/** What a column states, in words for messages. */
export const MEANS: Record<Meaning, string> = {
  name: "the name",
  first: "the first name",
  last: "the last name",
  email: "the e-mail address",
  joined: "when they came",
  left: "when they left",
  duration: "how long they were there",
  total: "how long they were there in all",
  waiting: "whether they waited",
  guest: "whether they were a guest",
  attended: "whether they came",
  role: "their role",
  action: "whether they came or went",
  at: "when that was",
  session: "the connection",
  event: "what happened",
  endpoint: "the connection",
  room: "the room",
  title: "the title",
  starts: "when it began",
  ends: "when it ended",
  host: "the host",
  day: "the day",
  aside: "nothing of attendance",
};

/** Finds the line that most probably names the columns, where no line names enough of them. */
export class LikelyHeading {
  #best: { line: number; columns: string[]; known: number } | null = null;
  #checked = 0;

  /** Notes a line that is below no heading. */
  note(line: number, text: string): void {
    if (this.#checked >= MOST_CHECKED || /\d:\d\d/.test(text)) return;
    this.#checked += 1;
    for (const delimiter of DELIMITERS) {
      if (!text.includes(delimiter)) continue;
      const columns = cellsIn(text, delimiter).map(tidy);
      if (columns.length < 2 || columns.length > MOST_COLUMNS || columns.some((one) => one === ""))
        continue;
      const known = columns.filter(isKnownHeading).length;
      const isWider = columns.length > 2 && this.#best === null;
      if (known > (this.#best?.known ?? 0) || isWider) this.#best = { line, columns, known };
    }
  }

  /** The refusal that names the likely heading; `null` where no line looks like one. */
  refusal(): NotUnderstood | null {
    if (this.#best === null) return null;
    const { line, columns } = this.#best;
    const meanings = columns.map((column) => ({ column, meaning: meaningOf(column) }));
    return headingsRefused(line, meanings);
  }
}

const MOST_CHECKED = 500;
const MOST_COLUMNS = 60;

export function quoted(names: readonly string[]): string {
  return names.map((name) => `“${name}”`).join(", ");
}

/** A refusal that says which line was taken for the heading, what is known, what is missing and what helps. */
export function headingsRefused(
  line: number,
  meanings: readonly { column: string; meaning: Meaning | null }[],
): NotUnderstood {
  const known = meanings.filter(({ meaning }) => meaning !== null);
  const unknown = meanings
    .filter(({ column }) => !isKnownHeading(column))
    .map(({ column }) => column);
  const missing = missingIn(new Set(known.map(({ meaning }) => meaning)));
  const [first = "Column"] = unknown;
  const sentences = [
    `Line ${line} was taken for the line with the names of the columns.`,
    known.length === 0
      ? "None of them is known."
      : `Known: ${known.map(({ column, meaning }) => `“${column}” (${meaning === null ? "" : MEANS[meaning]})`).join(", ")}.`,
    missing.length === 0 ? null : `Missing: ${missing.join("; ")}.`,
    unknown.length === 0 ? null : `Not known: ${quoted(unknown)}.`,
    `Say what they are, as “${first}=name”.`,
  ].filter((part) => part !== null);
  const details = meanings.map(({ column, meaning }): RefusalDetail => {
    const message = meaning === null ? "nobody knows this column" : MEANS[meaning];
    return { field: "columns", line, column, as: meaning, message };
  });
  return new NotUnderstood(sentences.join(" "), "columns", details);
}

function missingIn(known: ReadonlySet<Meaning | null>): string[] {
  const isList = known.has("action") || known.has("at");
  const needed: [Meaning, string][] = isList
    ? [
        ["action", "a column with who came or went"],
        ["at", "a column with when that was"],
      ]
    : [
        ["joined", "a column with when they came"],
        ["left", "a column with when they left"],
      ];
  const missing = needed.flatMap(([role, words]) => (known.has(role) ? [] : [words]));
  const isNamed = known.has("name") || known.has("first");
  return isNamed ? missing : ["a column with the name", ...missing];
}
