import * as z from "zod/mini";

export const openApi = z.looseObject({ openapi: z.string(), paths: z.looseObject({}) });

/** A value of a document: what it is called, what it may be, and what it means. */
export interface ReferenceRow {
  /** As it is reached: `people[].visits[].joined_at`. */
  name: string;
  kind: string;
  about: string;
  isNeeded: boolean;
}

/** What an operation answers, or how it refuses. */
export interface ReferenceAnswer {
  status: string;
  about: string;
  rows: readonly ReferenceRow[];
  example: string | null;
}

/** One method of an address, as a page shows it. */
export interface ReferenceOperation {
  id: string;
  method: string;
  path: string;
  summary: string;
  /** What a caller needs, in words. */
  needs: string;
  parameters: readonly ReferenceRow[];
  headers: readonly ReferenceRow[];
  body: readonly ReferenceRow[];
  /** How it is asked from a shell. */
  request: string;
  answers: readonly ReferenceAnswer[];
  refusals: readonly ReferenceAnswer[];
}

/** The operations about one thing. */
export interface ReferenceGroup {
  name: string;
  operations: readonly ReferenceOperation[];
}
