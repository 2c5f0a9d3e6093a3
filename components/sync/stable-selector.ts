/** Two selections are compared two levels deep: a list by its items, and an item by its fields. */
const DEPTH = 2;

/**
 * Wraps a selection so that an equal result is the same object as before. A component is then not rendered again
 * when the same facts arrive twice, or when other facts change.
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
