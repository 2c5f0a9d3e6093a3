import type { Cell } from "./columns.ts";

/** What somebody should know who imports a line: something in it had to be concluded, or was not read. */
export const REMARKS = [
  "skipped",
  "twice",
  "inferred_end",
  "was_there_before",
  "minute_length",
  "length_not_understood",
  "length_contradicts",
  "end_unknown",
  "over_a_day",
  "join_unknown",
  "original_name",
  "lent_email",
] as const;
export type Remark = (typeof REMARKS)[number];

/** A remark with the cell it is about. */
export interface Remarked {
  remark: Remark;
  cell: Cell | null;
}

/** The remarks on a line, each once. */
export class Remarks {
  readonly #told = new Map<Remark, Remarked>();

  add(remark: Remark, cell: Cell | null | undefined = null): void {
    if (!this.#told.has(remark)) this.#told.set(remark, { remark, cell: cell ?? null });
  }

  get all(): Remarked[] {
    return [...this.#told.values()];
  }
}
