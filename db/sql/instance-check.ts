import { type DrizzleEntityClass, is } from "drizzle-orm";

/**
 * Whether a value is of a class of Drizzle's, also of another copy of it. `is` walks through its classes each time;
 * here those that are alike are looked at once.
 */
export function instanceCheck<T extends DrizzleEntityClass<object>>(
  type: T,
): (value: object) => value is InstanceType<T> {
  const known = new WeakMap<object, boolean>();
  return (value): value is InstanceType<T> => {
    const kind: object | null = Object.getPrototypeOf(value);
    if (kind === null) return false;
    const answer = known.get(kind);
    if (answer !== undefined) return answer;
    const first = is(value, type);
    known.set(kind, first);
    return first;
  };
}
