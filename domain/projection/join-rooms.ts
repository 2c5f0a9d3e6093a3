import { togetherAt, watchedTime } from "#domain/meeting/same-place.ts";
import type { Rules } from "#domain/participant/rules.ts";
import {
  byObserver,
  OWN_OBSERVER,
  observerOf,
  reportedBy,
  reportedByOwn,
} from "#domain/participant/watchers.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type Changes, NO_CHANGES, together } from "./changes.ts";
import type { ArrivedEvent } from "./news.ts";
import { NOTHING_BEFORE, type RoomBefore, rebuildRoom } from "./rebuild-room.ts";
import type { Ids, MeetingState, RecordedEvent, Room } from "./state.ts";

/** A room of an observer, and the one that its meeting is in, itself or another. */
export interface ObserverRoom {
  room: Room;
  home: number;
}

/** Which rooms are to be joined, and what that changes. */
export interface JoinedRooms {
  changes: Changes;
  /** The rooms whose meeting is in another one than before. */
  moved: { roomId: number; home: number }[];
}

interface Setting {
  rules: Rules;
  /** Whether what observers saw at one place at one time is one meeting. */
  isJoined: boolean;
}

/**
 * What becomes one meeting, and what becomes several, of the rooms of observers at one place. `before` is everything
 * that is stored in each. What an observer reported is recorded anew in the room that it belongs to; a meeting that
 * turned out to be part of another leads there.
 */
export function planJoining(
  all: readonly ObserverRoom[],
  before: ReadonlyMap<number, RoomBefore>,
  { rules, isJoined }: Setting,
  now: Ms,
  ids: Ids,
): JoinedRooms {
  const byId = new Map(all.map((one) => [one.room.id, one]));
  const reportsOf = reportsByRoom(all, before);
  const known = all.filter(({ room }) => room.erasedAt === null);
  const homes = togetherAt(
    known.map(({ room: { id } }) => {
      const events = (reportsOf.get(id) ?? []).map(({ event }) => event);
      return { roomId: id, watched: isJoined ? watchedTime(events, rules, now) : null };
    }),
  );
  const moved = known.flatMap(({ room: { id }, home: was }) => {
    const home = homes.get(id) ?? id;
    return home === was ? [] : [{ roomId: id, home }];
  });
  if (moved.length === 0) return { changes: NO_CHANGES, moved };
  const touched = new Set(
    moved.flatMap(({ roomId, home }) => [home, byId.get(roomId)?.home ?? roomId]),
  );
  const isLeft = (id: number) => (homes.get(id) ?? id) !== id;
  const plans = [...touched]
    .filter((id) => !isLeft(id))
    .flatMap((id) => {
      const room = byId.get(id)?.room;
      if (room === undefined) return [];
      // A room that was others' home and is in this one now brings all that is stored in it.
      const taken = [...touched].filter((other) => other !== id && homes.get(other) === id);
      const stored = joined([id, ...taken].map((one) => before.get(one) ?? NOTHING_BEFORE));
      const arrived = moved
        .filter(({ home }) => home === id)
        .flatMap(({ roomId }) =>
          recordedAs(reportsOf.get(roomId) ?? [], byId.get(roomId)?.room, room),
        );
      const leaving = moved.filter(
        ({ roomId, home }) => home !== id && byId.get(roomId)?.home === id,
      );
      const gone = [
        ...leaving.flatMap(({ roomId }) => reportsOf.get(roomId) ?? []),
        ...taken.flatMap((one) => before.get(one)?.events ?? []),
      ];
      const withdrawn = new Set(gone.flatMap(({ deliveryId }) => deliveryId ?? []));
      const news = { room, rules, arrived, current: latest(stored.meetings), stale: [], withdrawn };
      const emptied = taken.map((one) => ({
        ...{ id: one, currentMeetingId: null, unresolvedUntil: null, lostUntil: null },
      }));
      const changes = rebuildRoom(news, stored, now, ids);
      return [{ ...changes, rooms: [...changes.rooms, ...emptied] }];
    });
  return { changes: together(plans), moved };
}

/** What each observer reported that is kept with a delivery, wherever it is recorded. */
function reportsByRoom(
  all: readonly ObserverRoom[],
  before: ReadonlyMap<number, RoomBefore>,
): Map<number, RecordedEvent[]> {
  const reports = new Map<number, RecordedEvent[]>();
  for (const { room, home } of all) {
    const name = room.id === home ? OWN_OBSERVER : room.key;
    const stored = before.get(home)?.events ?? [];
    const own = new Set(byObserver(stored.map(({ event }) => event)).get(name));
    reports.set(
      room.id,
      stored.filter(({ event, deliveryId }) => deliveryId !== null && own.has(event)),
    );
  }
  return reports;
}

/** What an observer reported, as it is recorded in a room. */
function recordedAs(
  reports: readonly RecordedEvent[],
  own: Room | undefined,
  home: Room,
): ArrivedEvent[] {
  return reports.map(({ event, deliveryId }) => {
    const bare = observerOf(event) === OWN_OBSERVER ? event : reportedByOwn(event);
    const isOwn = own === undefined || own.id === home.id;
    return { event: isOwn ? bare : reportedBy(bare, own.key), deliveryId };
  });
}

function joined(all: readonly RoomBefore[]): RoomBefore {
  return {
    meetings: all.flatMap(({ meetings }) => meetings).toSorted(byStart),
    events: all.flatMap(({ events }) => events),
    people: all.flatMap(({ people }) => people),
  };
}

function byStart(a: MeetingState, b: MeetingState): number {
  return (a.tally.firstAt ?? 0) - (b.tally.firstAt ?? 0) || (a.id < b.id ? -1 : 1);
}

function latest(meetings: readonly MeetingState[]): MeetingState | null {
  return meetings.at(-1) ?? null;
}
