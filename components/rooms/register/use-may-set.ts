import { useMay, useMe } from "#components/viewer/me.tsx";
import { seesSeries } from "#domain/access/sight.ts";
import type { RoomNamed } from "#domain/rooms/rooms.ts";

/** Whether whoever looks may change what is stored for the series of a room. */
export function useMaySet({ key, title, source, seriesBy }: RoomNamed): boolean {
  const me = useMe();
  const isAllSeen = seesSeries(me, { sourceId: source.id, key, title, seriesBy });
  return useMay("write") && isAllSeen;
}
