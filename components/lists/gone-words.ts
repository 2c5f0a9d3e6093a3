import type { Choices, Narrowed } from "#domain/lists/narrowing.ts";

/** The message where a list is filtered by a source or room that does not exist; `null` where all of them exist. */
export function missingFilterMessage(
  { gone }: Pick<Choices, "gone">,
  { room }: Pick<Narrowed, "room">,
): { title: string; why: string } | null {
  if (gone.includes("source")) {
    return {
      title: "The source this link asks for does not exist any more",
      why: "It may have been removed, or the link was typed wrong. Nothing is listed instead.",
    };
  }
  if (gone.includes("room")) {
    return {
      title: `No room is called \u201c${room}\u201d`,
      why: "It may not exist any more, or was typed wrong. Nothing is listed instead.",
    };
  }
  return null;
}
