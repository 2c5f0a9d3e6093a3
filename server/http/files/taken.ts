import type { AuditOutcome } from "#domain/access/audit/audited.ts";
import type { Batches } from "./table.ts";

/** What came of a file: its rows that were made, and whether it was sent to its end. */
export interface TakenFile {
  rows: number;
  outcome: Extract<AuditOutcome, "done" | "broken_off">;
}

/** A file that is being sent. */
export interface SentFile {
  response: Response;
  /** How what it is of is called; `null` for a list of everything. */
  called: string | null;
  /** Resolves when it is sent, or broken off. */
  taken: Promise<TakenFile>;
}

/** Counts the rows of a file, and says when it is over. */
export function countTaken() {
  let rows = 0;
  let end = (_taken: TakenFile): void => undefined;
  const taken = new Promise<TakenFile>((resolve) => {
    end = resolve;
  });
  return {
    taken,
    /** The same batches, counted. */
    async *counting<Row>(batches: Batches<Row>): AsyncGenerator<readonly Row[]> {
      for await (const batch of batches) {
        rows += batch.length;
        yield batch;
      }
    },
    /** The same rows one by one, counted. */
    async *countingEach<Row>(each: AsyncIterable<Row>): AsyncGenerator<Row> {
      for await (const row of each) {
        rows += 1;
        yield row;
      }
    },
    /** The same pieces; at their end, or where they are given up, the file is over. */
    async *ending<Piece>(pieces: AsyncGenerator<Piece>): AsyncGenerator<Piece> {
      let outcome: TakenFile["outcome"] = "broken_off";
      try {
        yield* pieces;
        outcome = "done";
      } finally {
        end({ rows, outcome });
      }
    },
  };
}
