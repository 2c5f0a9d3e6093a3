import type { ImportRemark } from "#domain/sources/imports/imports.ts";
import type { NamedCell } from "./columns.ts";

/** A remark with the cell it is about. */
export interface Remarked {
  remark: ImportRemark;
  cell: NamedCell | null;
}

/** The remarks on a line, each once. */
export class Remarks {
  readonly #remarks = new Map<ImportRemark, Remarked>();

  add(remark: ImportRemark, cell: NamedCell | null | undefined = null): void {
    if (!this.#remarks.has(remark)) this.#remarks.set(remark, { remark, cell: cell ?? null });
  }

  get all(): Remarked[] {
    return [...this.#remarks.values()];
  }
}
