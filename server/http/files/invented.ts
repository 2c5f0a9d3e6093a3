import type { FileIntro } from "./readable.ts";
import type { Column } from "./table.ts";

/** Which rows a demonstration made: all or none where the file is of one source, else by row. */
export type Invented<Row> = boolean | ((row: Row) => boolean);

const HEADING = "Demonstration";

/**
 * The column that marks the rows of a demonstration; none where the file is of one real source. People see it
 * only where the installation has a demonstration, and then among the leading columns.
 */
export function inventedColumns<Row>(invented: Invented<Row>, isPossible: boolean): Column<Row>[] {
  if (invented === false) return [];
  const value = invented === true ? () => true : invented;
  const shown = isPossible ? { leads: true as const } : { only: "programs" as const };
  return [{ name: "demo", heading: HEADING, kind: "flag", value, ...shown }];
}

/** The intro with a line on the demonstration, also in the title where all rows are invented. */
export function introWithDemo(
  intro: FileIntro,
  invented: Invented<never>,
  isPossible: boolean,
): FileIntro {
  if (!isPossible) return intro;
  const words =
    invented === true
      ? "All of this was made up by simulate or seed: nobody in it is real"
      : `Rows with “yes” under ${HEADING} were made up by simulate or seed: nobody in them is real`;
  return {
    title: invented === true ? `${intro.title} (demonstration)` : intro.title,
    lines: [[HEADING, words], ...intro.lines],
  };
}
