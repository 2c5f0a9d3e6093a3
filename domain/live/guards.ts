import { parseUtc } from "#domain/time/time.ts";
import type { WireTime } from "#domain/time/wire-time.ts";

/** Whether a value has a type. Fields that it has besides are passed over. */
export type Guard<T> = (value: unknown) => value is T;

/** A guard for each field; one that may be absent has `orAbsent`. */
type Guards<T> = {
  [Key in keyof T]-?: Guard<
    Record<never, never> extends Pick<T, Key> ? T[Key] | undefined : T[Key]
  >;
};

export const isText: Guard<string> = (value) => typeof value === "string";
export const isNumber: Guard<number> = (value) => typeof value === "number";
export const isFlag: Guard<boolean> = (value) => typeof value === "boolean";
export const isTime: Guard<WireTime> = (value): value is WireTime =>
  typeof value === "string" && parseUtc(value) !== null;

export function isOneOf<const T>(...all: T[]): Guard<T> {
  return (value): value is T => all.some((one) => one === value);
}

export function orNull<T>(is: Guard<T>): Guard<T | null> {
  return (value): value is T | null => value === null || is(value);
}

export function orAbsent<T>(is: Guard<T>): Guard<T | undefined> {
  return (value): value is T | undefined => value === undefined || is(value);
}

export function anyOf<T>(...guards: Guard<T>[]): Guard<T> {
  return (value): value is T => guards.some((is) => is(value));
}

export function listOf<T>(is: Guard<T>): Guard<T[]> {
  return (value): value is T[] => Array.isArray(value) && value.every(is);
}

export function recordOf<T>(is: Guard<T>): Guard<Record<string, T>> {
  return (value): value is Record<string, T> => isObject(value) && Object.values(value).every(is);
}

export function shape<T>(guards: Guards<T>): Guard<T> {
  const all = Object.entries<Guard<unknown>>(guards);
  return (value): value is T =>
    isObject(value) && all.every(([key, is]) => is(Reflect.get(value, key)));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
