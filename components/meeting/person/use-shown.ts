import { useMemo } from "react";
import type { MeetingView } from "#domain/meeting/meeting.ts";
import type { MeetingFacts } from "#domain/meeting/meeting-facts.ts";
import type { PersonShown } from "./person-shown.ts";
import { useFollowed } from "./use-followed.ts";

/** The chosen person, with all that their panel shows; `null` while no person is chosen. */
export function useShown(
  view: MeetingView,
  facts: MeetingFacts,
  id: string | null,
  onMove: (id: string) => void,
): PersonShown | null {
  const everybody = useMemo(() => [...view.people, ...view.noteTakers], [view]);
  const { person, anchor, follow } = useFollowed(everybody, id, onMove);
  return useMemo(
    () =>
      person === null ? null : { person, view, facts, anchor: anchor ?? "", onFollow: follow },
    [person, view, facts, anchor, follow],
  );
}
