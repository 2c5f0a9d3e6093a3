import type { FileIntro } from "./readable.ts";
import type { Column } from "./table.ts";

/** Which rows a demonstration made: all or none of them where one source told them, else by row. */
export type Invented<Row> = boolean | ((row: Row) => boolean);

const HEADING = "Demonstration";

/**
 * What says so of each row, last of all columns; none where all is told by one real source. For people only
 * where there is a demonstration, and then in sight.
 */
export function inventedColumns<Row>(invented: Invented<Row>, isPossible: boolean): Column<Row>[] {
  if (invented === false) return [];
  const value = invented === true ? () => true : invented;
  const shown = isPossible ? { leads: true as const } : { only: "programs" as const };
  return [{ name: "demo", heading: HEADING, kind: "flag", value, ...shown }];
}

/** What the whole of a file says of it, in its title where all of it is invented. */
export function saidInvented(
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
