/** The columns that an address asks for as `cols`; all of them where it names none. */
export function columnsIn<Name extends string>(cols: string | null, all: readonly Name[]): Name[] {
  const asked = named(cols ?? "");
  const shown = all.filter((name) => asked.includes(name));
  return shown.length === 0 ? [...all] : shown;
}

/** Whether every name in a `cols` is a column. */
export function isAllColumns(cols: string, all: readonly string[]): boolean {
  return named(cols).every((name) => all.includes(name));
}

function named(cols: string): string[] {
  return cols.split(",").filter((name) => name !== "");
}

/** The `cols` of an address; `null` where all columns are shown. */
export function colsOf<Name extends string>(
  shown: readonly Name[],
  all: readonly Name[],
): string | null {
  const cols = all.filter((name) => shown.includes(name));
  return cols.length === 0 || cols.length === all.length ? null : cols.join(",");
}
