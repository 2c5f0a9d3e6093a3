/** What two selections are compared by: a list by what is on it, and that by its fields. */
const DEPTH = 2;

/**
 * Selects, and answers with the same object as before for what says the same: what was told again, or was told of
 * something else, is not drawn again.
 */
export function stableSelector<From, T>(select: (from: From) => T): (from: From) => T {
  let last: { from: From; value: T } | null = null;
  return (from) => {
    if (last !== null && last.from === from) return last.value;
    const value = select(from);
    last = { from, value: last !== null && isSame(last.value, value, DEPTH) ? last.value : value };
    return last.value;
  };
}

function isSame(one: unknown, other: unknown, depth: number): boolean {
  if (Object.is(one, other)) return true;
  if (depth === 0 || !isPlain(one) || !isPlain(other)) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const entries = Object.entries(one);
  return (
    entries.length === Object.keys(other).length &&
    entries.every(
      ([key, value]) =>
        Object.hasOwn(other, key) && isSame(value, Reflect.get(other, key), depth - 1),
    )
  );
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
