import type { Ms } from "#domain/time/ms.ts";
import { parseUtc } from "#domain/time/time.ts";
import { toWireTime, type WireTime } from "#domain/time/wire-time.ts";

/** What a value is on the wire; words where it is one of them. */
export type WireForm = "text" | "flag" | "mark" | "time" | "texts" | readonly string[];

/** How values of one kind are written on the wire, and read from it: `undefined` for what is none. */
export interface Kind<Value, Wire> {
  form: WireForm;
  /** What it is, after "is not". */
  called: string;
  write(value: Value): Wire;
  read(wire: unknown): Value | undefined;
}

/**
 * One field of an event. `required`: it is always there. `nullable`: absent means `null`. `optional`: absent
 * or `null` on the wire, it is absent in the event. `unsaid`: `null` in the event, and not on the wire.
 */
export interface Field<
  Name extends string = string,
  Value = unknown,
  Wire = unknown,
  Presence extends "required" | "nullable" | "optional" | "unsaid" =
    | "required"
    | "nullable"
    | "optional"
    | "unsaid",
> extends Kind<Value, Wire> {
  /** Its name on the wire. */
  name: Name;
  presence: Presence;
  /** A time close to the event's own, which is packed as the difference to it. */
  isAnchor: boolean;
}

export const text: Kind<string, string> = {
  form: "text",
  called: "a text",
  write: (value) => value,
  read: (wire) => (typeof wire === "string" ? wire : undefined),
};

export const flag: Kind<boolean, boolean> = {
  form: "flag",
  called: "true or false",
  write: (value) => value,
  read: (wire) => (typeof wire === "boolean" ? wire : undefined),
};

/** A mark that is there or not. */
export const mark: Kind<true, true> = {
  form: "mark",
  called: "true",
  write: (value) => value,
  read: (wire) => (wire === true ? wire : undefined),
};

export const time: Kind<Ms, WireTime> = {
  form: "time",
  called: "a time",
  write: (value) => toWireTime(value),
  read: (wire) => (typeof wire === "string" ? (parseUtc(wire) ?? undefined) : undefined),
};

export const texts: Kind<string[], string[]> = {
  form: "texts",
  called: "a list of texts",
  write: (value) => value,
  read: (wire) =>
    Array.isArray(wire) && wire.every((one) => typeof one === "string") ? wire : undefined,
};

export function oneOf<const Word extends string>(...words: Word[]): Kind<Word, Word> {
  return {
    form: words,
    called: `one of ${words.join(", ")}`,
    write: (value) => value,
    read: (wire) => words.find((word) => word === wire),
  };
}

export function required<const Name extends string, Value, Wire>(
  name: Name,
  kind: Kind<Value, Wire>,
): Field<Name, Value, Wire, "required"> {
  return { ...kind, name, presence: "required", isAnchor: false };
}

export function nullable<const Name extends string, Value, Wire>(
  name: Name,
  kind: Kind<Value, Wire>,
): Field<Name, Value | null, Wire | null, "nullable"> {
  return {
    form: kind.form,
    called: kind.called,
    write: (value) => (value === null ? null : kind.write(value)),
    read: (wire) => (wire == null ? null : kind.read(wire)),
    ...{ name, presence: "nullable", isAnchor: false },
  };
}

export function anchor<const Name extends string>(
  name: Name,
): Field<Name, Ms | null, WireTime | null, "nullable"> {
  return { ...nullable(name, time), isAnchor: true };
}

export function optional<const Name extends string, Value, Wire>(
  name: Name,
  kind: Kind<Value, Wire>,
): Field<Name, Value, Wire, "optional"> {
  return { ...kind, name, presence: "optional", isAnchor: false };
}

export function unsaid<const Name extends string, Value, Wire>(
  name: Name,
  { form, called }: Kind<Value, Wire>,
): Field<Name, Value | null, Wire | null, "unsaid"> {
  const nothing = () => null;
  const kind = { form, called, write: nothing, read: nothing };
  return { ...kind, name, presence: "unsaid", isAnchor: false };
}
