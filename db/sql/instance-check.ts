import { type DrizzleEntityClass, is } from "drizzle-orm";

/**
 * A check whether a value is of a class of Drizzle's, also of another copy of it. `is` walks through the
 * classes each time; here each class is checked once.
 */
export function instanceCheck<T extends DrizzleEntityClass<object>>(
  type: T,
): (value: object) => value is InstanceType<T> {
  const answers = new WeakMap<object, boolean>();
  return (value): value is InstanceType<T> => {
    const kind: object | null = Object.getPrototypeOf(value);
    if (kind === null) return false;
    const answer = answers.get(kind);
    if (answer !== undefined) return answer;
    const first = is(value, type);
    answers.set(kind, first);
    return first;
  };
}
