import { isKnownHeading, type Meaning, meaningOf } from "#server/providers/import/headings.ts";
import { tidy } from "#server/providers/import/languages/roles.ts";
import { NotUnderstood, type RefusalDetail } from "./refusal.ts";
import { cellsIn, DELIMITERS } from "./table.ts";

/** What a column says, in words. */
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

/** The line that names the columns most probably, where none names enough of them. */
export class LikelyHeading {
  #best: { line: number; columns: string[]; known: number } | null = null;
  #looked = 0;

  /** A line above which no columns are named. */
  note(line: number, text: string): void {
    if (this.#looked >= MOST_LOOKED || /\d:\d\d/.test(text)) return;
    this.#looked += 1;
    for (const delimiter of DELIMITERS) {
      if (!text.includes(delimiter)) continue;
      const columns = cellsIn(text, delimiter).map(tidy);
      if (columns.length < 2 || columns.length > MOST_SAID || columns.some((one) => one === ""))
        continue;
      const known = columns.filter(isKnownHeading).length;
      const isWider = columns.length > 2 && this.#best === null;
      if (known > (this.#best?.known ?? 0) || isWider) this.#best = { line, columns, known };
    }
  }

  /** What to say of it; `null` where no line looks like one. */
  refusal(): NotUnderstood | null {
    if (this.#best === null) return null;
    const { line, columns } = this.#best;
    const projected = columns.map((column) => ({ column, meaning: meaningOf(column) }));
    return headingsRefused(line, projected);
  }
}

const MOST_LOOKED = 500;
const MOST_SAID = 60;

export function quoted(names: readonly string[]): string {
  return names.map((name) => `“${name}”`).join(", ");
}

/** Says which line was taken for the heading, what of it is known, what is missing and what would help. */
export function headingsRefused(
  line: number,
  projected: readonly { column: string; meaning: Meaning | null }[],
): NotUnderstood {
  const known = projected.filter(({ meaning }) => meaning !== null);
  const strange = projected
    .filter(({ column }) => !isKnownHeading(column))
    .map(({ column }) => column);
  const missing = missingIn(new Set(known.map(({ meaning }) => meaning)));
  const [first = "Column"] = strange;
  const said = [
    `Line ${line} was taken for the line with the names of the columns.`,
    known.length === 0
      ? "None of them is known."
      : `Known: ${known.map(({ column, meaning }) => `“${column}” (${meaning === null ? "" : MEANS[meaning]})`).join(", ")}.`,
    missing.length === 0 ? null : `Missing: ${missing.join("; ")}.`,
    strange.length === 0 ? null : `Not known: ${quoted(strange)}.`,
    `Say what they are, as “${first}=name”.`,
  ].filter((part) => part !== null);
  const details = projected.map(({ column, meaning }): RefusalDetail => {
    const message = meaning === null ? "nobody knows this column" : MEANS[meaning];
    return { field: "columns", line, column, as: meaning, message };
  });
  return new NotUnderstood(said.join(" "), "columns", details);
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
