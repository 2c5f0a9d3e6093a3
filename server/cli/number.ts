import { InvalidArgumentError } from "commander";

/** A number given as a flag. */
export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value))
    throw new InvalidArgumentError("not a number.");
  return value;
}
