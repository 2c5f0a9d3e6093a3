import { useCallback, useEffect, useState } from "react";
import type { PersonView } from "#domain/meeting/person-view.ts";

interface Choice {
  /** The chosen person's id at the time of the choice. */
  id: string | null;
  /** The connection by which the person stays chosen. */
  anchor: string | null;
}

/**
 * The person of an id, followed by one of their connections: a person who is joined with another, or parted, stays
 * chosen under their new id, which is passed to `onMove`.
 */
export function useFollowed(
  people: readonly PersonView[],
  id: string | null,
  onMove: (id: string) => void,
) {
  const [choice, setChoice] = useState<Choice>({ id: null, anchor: null });
  const chosen = personNamed(people, id);
  const followed = personWith(people, choice.anchor);
  let person = chosen;
  if (id === choice.id && followed !== null) {
    person = followed;
  } else if (id !== choice.id) {
    const isSame = chosen !== null && chosen === followed;
    const anchor = isSame ? choice.anchor : (chosen?.participantIds[0] ?? null);
    setChoice({ id, anchor });
  }
  const movedTo = person !== null && person.id !== id ? person.id : null;
  useEffect(() => {
    if (movedTo !== null) onMove(movedTo);
  }, [movedTo, onMove]);
  const follow = useCallback(
    (anchor: string) => setChoice((previous) => ({ ...previous, anchor })),
    [],
  );
  return { person, anchor: choice.anchor, follow };
}

/** The person of that id, or the one they were joined with: a link still works after people were joined. */
function personNamed(people: readonly PersonView[], id: string | null): PersonView | null {
  if (id === null) return null;
  const connection = id.startsWith("c:") ? id.slice(2) : null;
  return people.find((person) => person.id === id) ?? personWith(people, connection);
}

function personWith(people: readonly PersonView[], anchor: string | null): PersonView | null {
  if (anchor === null) return null;
  return people.find(({ participantIds }) => participantIds.includes(anchor)) ?? null;
}
