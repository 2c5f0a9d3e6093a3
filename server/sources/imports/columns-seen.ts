import type { Row } from "#server/providers/import/columns.ts";
import type { Meaning } from "#server/providers/import/headings.ts";
import { tidy } from "#server/providers/import/languages/roles.ts";
import { soundsLikeWaiting, yesOrNo } from "#server/providers/import/lexicon.ts";
import { NotUnderstood } from "./refusal.ts";
import type { FileTable } from "./table.ts";

/** What the cells of an unknown column look like. */
export type Look = "yes_no" | "waiting" | "state" | "time" | null;

interface Seen {
  isYesNo: boolean;
  isTime: boolean;
  isWord: boolean;
  /** The first few distinct values. */
  values: Set<string>;
  count: number;
}

/** A table as it was read: how many rows it has, and what its unknown columns look like. */
export class TableSeen {
  rows = 0;
  readonly table: FileTable;
  readonly #unknown: Map<number, Seen>;

  constructor(table: FileTable) {
    this.table = table;
    this.#unknown = new Map(
      table.meanings.flatMap((meaning, at) =>
        meaning === null && table.columns[at] !== ""
          ? [[at, { isYesNo: true, isTime: true, isWord: true, values: new Set(), count: 0 }]]
          : [],
      ),
    );
  }

  note(row: Row): void {
    this.rows += 1;
    for (const [at, seen] of this.#unknown) {
      const text = tidy(row[at]?.[1] ?? "");
      if (text === "" || text === "--") continue;
      seen.count += 1;
      seen.isYesNo &&= yesOrNo(text) !== null || STATE.test(text);
      seen.isTime &&= /\d:\d\d/.test(text);
      seen.isWord &&= WORD.test(text);
      if (seen.values.size <= 2) seen.values.add(text);
    }
  }

  get columns(): { column: string; meaning: Meaning | null; look: Look }[] {
    return this.table.columns.map((column, at) => {
      const meaning = this.table.meanings[at] ?? null;
      return { column, meaning, look: meaning === null ? this.#lookOf(column, at) : null };
    });
  }

  #lookOf(column: string, at: number): Look {
    const seen = this.#unknown.get(at);
    if (seen === undefined || seen.count === 0) return null;
    if (soundsLikeWaiting(column)) return seen.isTime ? "time" : "waiting";
    if (seen.isYesNo) return "yes_no";
    if (seen.isWord && seen.count > 2 && seen.values.size <= 2) return "state";
    return seen.isTime ? "time" : null;
  }

  /**
   * Throws `NotUnderstood` where an unknown column may say who only waited: waiting is no attendance.
   */
  refuseWaiting(): void {
    const { kind, format, roles, line } = this.table;
    if (kind !== "visit" && kind !== "person") return;
    if (roles.includes("waiting") || roles.includes("attended")) return;
    const doubtful = this.columns.find(
      ({ look }) => look === "waiting" || (look === "yes_no" && format === "zoom"),
    );
    if (doubtful === undefined) return;
    const { column } = doubtful;
    const message = `The column “${column}” says yes or no, and may say who was in the waiting room. Say what it is: “${column}=waiting”, or “${column}=ignore”.`;
    throw new NotUnderstood(message, "columns", [
      { field: "columns", line, column, as: null, message },
    ]);
  }
}

const WORD = /^\p{L}[\p{L} ]{0,19}$/u;
const STATE = /^(?:waiting|in waiting room|admitted|in meeting|\d{0,1}|x|✓)$/i;
