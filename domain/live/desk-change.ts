import type { DeskChange, DeskSnapshot } from "./desk-wire.ts";

/** The change that makes one snapshot of another. */
export function changeOf(before: DeskSnapshot | null, after: DeskSnapshot): DeskChange {
  const { as_of, day } = after;
  const known = new Map(rowsOf(before).map((row) => [row.id, JSON.stringify(row)]));
  const isNew = (row: { id: string }) => known.get(row.id) !== JSON.stringify(row);
  const there = new Set(rowsOf(after).map(({ id }) => id));
  return {
    ...{ as_of, day },
    lines: after.lines.filter(isNew),
    lost: after.lost.filter(isNew),
    gone: [...known.keys()].filter((id) => !there.has(id)),
  };
}

function rowsOf(desk: DeskSnapshot | null): { id: string }[] {
  return desk === null ? [] : [...desk.lines, ...desk.lost];
}

/** A snapshot after a change; rows that did not change stay the same objects. */
export function changed(
  { lines, lost }: DeskSnapshot,
  { gone, ...change }: DeskChange,
): DeskSnapshot {
  return {
    ...{ as_of: change.as_of, day: change.day },
    lines: merged(lines, change.lines, gone),
    lost: merged(lost, change.lost, gone).toSorted((a, b) =>
      a.started_at === b.started_at ? (a.id < b.id ? -1 : 1) : a.started_at < b.started_at ? 1 : -1,
    ),
  };
}

function merged<Row extends { id: string }>(
  before: readonly Row[],
  fresh: readonly Row[],
  gone: readonly string[],
): Row[] {
  const rows = new Map(before.map((row) => [row.id, row]));
  for (const id of gone) rows.delete(id);
  for (const row of fresh) rows.set(row.id, row);
  return [...rows.values()];
}
