import { foldName } from "#domain/name.ts";
import type { PersonStatus, PersonStory } from "#domain/story.ts";

/** A row of the list of lanes: the head of a group, or a person. */
export type LaneRow =
  | { kind: "group"; key: string; label: string; count: number }
  | { kind: "person"; key: string; person: PersonStory; position: number };

const GROUPS: { status: PersonStatus; label: string }[] = [
  { status: "waiting", label: "Waiting" },
  { status: "present", label: "In the meeting" },
  { status: "left", label: "Left" },
  { status: "not_admitted", label: "Left before admitted" },
];

/** The rows to show: people by where they are, those of them whose name matches. */
export function laneRows(people: readonly PersonStory[], query: string): LaneRow[] {
  const wanted = foldName(query);
  const found =
    wanted === null
      ? people
      : people.filter(({ name }) => (foldName(name) ?? "unnamed guest").includes(wanted));
  const rows: LaneRow[] = [];
  let position = 0;
  for (const { status, label } of GROUPS) {
    const group = found.filter((person) => person.status === status).toSorted(byArrival);
    if (group.length === 0) continue;
    rows.push({ kind: "group", key: status, label, count: group.length });
    for (const person of group) {
      position += 1;
      rows.push({ kind: "person", key: person.id, person, position });
    }
  }
  return rows;
}

/** Hosts first, then in order of arrival, so that nobody's lane moves while they stay where they are. */
function byArrival(a: PersonStory, b: PersonStory): number {
  return (
    Number(b.isHost) - Number(a.isHost) ||
    firstSeenAt(a) - firstSeenAt(b) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

function firstSeenAt({ firstJoinedAt, waits }: PersonStory): number {
  return firstJoinedAt ?? waits[0]?.startedAt ?? 0;
}
