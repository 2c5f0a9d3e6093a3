import type { Sight } from "#domain/access/sight.ts";
import type { SourceNamed } from "./shown.ts";

/** What of the installation somebody, or a program, sees, as part of a line. */
export function sightWords(
  { sources, rooms, masked }: Sight,
  named: readonly SourceNamed[],
): string {
  const nameOf = (id: string) =>
    named.find((source) => source.id === id)?.name ?? "a source that is gone";
  const limits = [
    ...(sources === null ? [] : [`sources ${sources.map(nameOf).join(", ")}`]),
    ...(rooms === null ? [] : [`rooms ${rooms.join(", ")}`]),
    ...(masked ? ["initials in place of names"] : []),
  ];
  return limits.length === 0 ? "sees everything" : `sees only: ${limits.join(" · ")}`;
}
