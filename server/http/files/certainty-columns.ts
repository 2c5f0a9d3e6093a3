import type { Certainty, Sureness } from "#domain/meeting/certainty.ts";
import { FIRST_IN, LAST_OUT, SURE } from "./file-words.ts";
import type { Column } from "./table.ts";

/** The columns for the certainty of a row's first join, last leave and attended time. */
export function certaintyColumns<Row>(of: (row: Row) => Sureness | null): Column<Row>[] {
  return [
    {
      name: "first_joined_is",
      heading: `${FIRST_IN}, how sure`,
      kind: "word",
      words: SURE.joined,
      value: (row) => of(row)?.joined ?? null,
    },
    {
      name: "last_left_is",
      heading: `${LAST_OUT}, how sure`,
      kind: "word",
      words: SURE.left,
      value: (row) => of(row)?.left ?? null,
    },
    {
      name: "attended_is",
      heading: "Attended, how sure",
      kind: "word",
      words: SURE.length,
      value: (row) => of(row)?.attended ?? null,
    },
  ];
}

/** The same as fields of a JSON object. */
export function certaintyJson(
  sure: Sureness | null,
): Record<"first_joined_is" | "last_left_is" | "attended_is", Certainty | null> {
  return {
    first_joined_is: sure?.joined ?? null,
    last_left_is: sure?.left ?? null,
    attended_is: sure?.attended ?? null,
  };
}
