import { useCallback, useEffect, useState } from "react";
import type { PersonView } from "#domain/meeting/person-view.ts";

interface Choice {
  /** Who was chosen, by the id they had then. */
  id: string | null;
  /** The connection by which they stay chosen. */
  anchor: string | null;
}

/**
 * The person of an id, held by one of their connections: whoever is put together with somebody, or parted,
 * stays chosen under the id they have then, which `onMove` is told.
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

/** The person of that id, or who has become of them: a link outlives being put together with somebody. */
function personNamed(people: readonly PersonView[], id: string | null): PersonView | null {
  if (id === null) return null;
  const connection = id.startsWith("c:") ? id.slice(2) : null;
  return people.find((person) => person.id === id) ?? personWith(people, connection);
}

function personWith(people: readonly PersonView[], anchor: string | null): PersonView | null {
  if (anchor === null) return null;
  return people.find(({ participantIds }) => participantIds.includes(anchor)) ?? null;
}
