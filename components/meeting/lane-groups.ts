import { finder } from "#domain/identity/search.ts";
import { connectionsOf } from "#domain/meeting/connections.ts";
import { type StatusThen, statusAt } from "#domain/meeting/moment.ts";
import { oncePer } from "#domain/meeting/once-per.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import { type TimeWindow, timeWithin } from "#domain/meeting/window.ts";
import type { Ms } from "#domain/time/ms.ts";

/** A row of the list of lanes: the head of a group, or a lane. */
export type LaneRow =
  | { kind: "group"; key: string; label: string; count: number }
  | {
      kind: "lane";
      key: string;
      /** The view that the lane shows: of a person, or in the raw view of one connection. */
      view: PersonView;
      /** The person it belongs to; the same as `view` where that is a person. */
      owner: PersonView;
      position: number;
    };

export interface LaneChoice {
  raw: boolean;
  query: string;
  /** Lanes are grouped by where people were at this moment; `null`: by where they are now. */
  at: Ms | null;
  /** Only people who were there in this window. */
  window: TimeWindow | null;
}

type Group = StatusThen | "was_in" | "only_waited";

const PEOPLE: [Group, string][] = [
  ["was_in", "Was in"],
  ["only_waited", "Only waited"],
  ["waiting", "Waiting"],
  ["present", "In the meeting"],
  ["not_known", "Not heard of since"],
  ["left", "Left"],
  ["not_admitted", "Not admitted"],
  ["not_yet", "Came later"],
];

const CONNECTIONS: [Group, string][] = [
  ["was_in", "Was in"],
  ["only_waited", "Only waited"],
  ["waiting", "Waiting"],
  ["present", "Connected"],
  ["not_known", "Not heard of since"],
  ["left", "Disconnected"],
  ["not_admitted", "Only waited"],
  ["not_yet", "Came later"],
];

/**
 * The rows to show: lanes whose name matches, grouped by where people are, or were. Note-takers come last.
 */
export function laneRows(
  { people, noteTakers }: { people: readonly PersonView[]; noteTakers: readonly PersonView[] },
  choice: LaneChoice,
): LaneRow[] {
  const grouped = Map.groupBy(lanesOf(people, choice), ({ group }) => group);
  const groups = [
    ...(choice.raw ? CONNECTIONS : PEOPLE).map(
      ([key, label]) => ({ key, label, lanes: grouped.get(key) ?? [] }) as const,
    ),
    {
      key: "note_takers",
      label: "Note-takers, not counted",
      lanes: lanesOf(noteTakers, choice),
    },
  ];
  const rows: LaneRow[] = [];
  let position = 0;
  for (const { key, label, lanes } of groups) {
    if (lanes.length > 0) rows.push({ kind: "group", key, label, count: lanes.length });
    for (const { view, owner } of lanes.toSorted(byArrival)) {
      position += 1;
      rows.push({ kind: "lane", key: view.id, view, owner, position });
    }
  }
  return rows;
}

interface FoundLane {
  view: PersonView;
  owner: PersonView;
  group: Group;
}

function lanesOf(
  people: readonly PersonView[],
  { raw, query, at, window }: LaneChoice,
): FoundLane[] {
  const isFound = finder(query);
  const lanes: FoundLane[] = [];
  for (const owner of people) {
    for (const view of raw ? connections(owner) : [owner]) {
      const isNamed = isFound(nameOf(view)) || isFound(nameOf(owner));
      const group = isNamed ? groupOf(view, at, window) : null;
      if (group !== null) lanes.push({ view, owner, group });
    }
  }
  return lanes;
}

function groupOf(view: PersonView, at: Ms | null, window: TimeWindow | null): Group | null {
  if (window === null) return at === null ? view.status : statusAt(view, at);
  const within = timeWithin(view, window);
  return within === null ? null : within.wasIn ? "was_in" : "only_waited";
}

function nameOf({ name }: PersonView): string {
  return name ?? "unnamed guest";
}

const connections = oncePer(connectionsOf);

/**
 * Hosts first, then in order of arrival, so that a lane does not move while its person stays in the group.
 * A person's connections stay together.
 */
function byArrival(a: FoundLane, b: FoundLane): number {
  return (
    Number(b.owner.isHost) - Number(a.owner.isHost) ||
    firstSeenAt(a.owner) - firstSeenAt(b.owner) ||
    byId(a.owner, b.owner) ||
    firstSeenAt(a.view) - firstSeenAt(b.view) ||
    byId(a.view, b.view)
  );
}

function byId(a: PersonView, b: PersonView): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function firstSeenAt({ firstJoinedAt, waits }: PersonView): Ms {
  return firstJoinedAt ?? waits[0]?.startedAt ?? 0;
}
