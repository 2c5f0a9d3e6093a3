import type { Changes } from "./changes.ts";
import type { MeetingState } from "./state.ts";

/** What other rules would make of some meetings, by their ids. A meeting is in one list at most. */
export interface Effect {
  /** Those that would become several. */
  parted: string[];
  /** Those that would become one with another. */
  joined: string[];
  /** Those of the rest in which somebody's times would change, and of how many people. */
  changed: string[];
  people: number;
}

/** What planned changes would make of these meetings. */
export function effectOf(
  { refiled, attendances }: Pick<Changes, "refiled" | "attendances">,
  meetings: readonly Pick<MeetingState, "id" | "seq">[],
): Effect {
  const leaving = Map.groupBy(refiled, ({ from }) => from.meetingId);
  const arriving = Map.groupBy(refiled, ({ meetingId }) => meetingId);
  const effect: Effect = { parted: [], joined: [], changed: [], people: 0 };
  const stays = new Set<string>();
  for (const { id, seq } of meetings) {
    const gone = leaving.get(id) ?? [];
    const targets = new Set(gone.map(({ meetingId }) => meetingId));
    // Events that are not moved stay in it.
    if (gone.length < seq) targets.add(id);
    const isShared = [...targets].some(
      (target) => target !== id || (arriving.get(target) ?? []).length > 0,
    );
    if (targets.size > 1) effect.parted.push(id);
    else if (isShared) effect.joined.push(id);
    else stays.add(id);
  }
  const otherTimes = attendances.kept.filter(({ meetingId }) => stays.has(meetingId));
  effect.changed = [...new Set(otherTimes.map(({ meetingId }) => meetingId))];
  effect.people = otherTimes.length;
  return effect;
}
