/** The columns an address asks for as `cols`, all of them where it names none. */
export function columnsIn<Name extends string>(
  params: Pick<URLSearchParams, "getAll">,
  all: readonly Name[],
): Name[] {
  const asked = params.getAll("cols").flatMap((text) => text.split(","));
  const shown = all.filter((name) => asked.includes(name));
  return shown.length === 0 ? [...all] : shown;
}

/** The `cols` of an address: `null` for all of them. */
export function colsOf<Name extends string>(
  shown: readonly Name[],
  all: readonly Name[],
): string | null {
  const cols = all.filter((name) => shown.includes(name));
  return cols.length === 0 || cols.length === all.length ? null : cols.join(",");
}
