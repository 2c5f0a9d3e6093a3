import { Hand, Merge } from "lucide-react";
import type { PersonView } from "#domain/meeting/person-view.ts";
import { identityNote } from "./lane-words.ts";

/** A small sign on a person joined by name or by hand. For the eye: the lane's label has the same in words. */
export function IdentityMark({ person }: { person: PersonView }) {
  const note = identityNote(person);
  if (note === null) return null;
  const Sign = person.rulings.length > 0 ? Hand : Merge;
  return (
    <span aria-hidden title={note} className="grid flex-none place-items-center text-ink-3">
      <Sign className="size-3" strokeWidth={2.2} />
    </span>
  );
}
