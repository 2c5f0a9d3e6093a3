import { database } from "#db/connection/client.ts";
import { latestRoomsOfAll } from "#db/rooms/called-rooms.ts";
import { listSources } from "#db/sources/sources.ts";
import { isWhole } from "#domain/access/sight.ts";
import type { Caller } from "#server/http/gate/caller.ts";
import { type RoomGroupJson, readRoomGroups } from "./api.ts";

/** So many of the latest rooms are looked at for what a pattern fits. */
const ROOMS = 500;

/** What the page of groups shows. */
export interface GroupsPage {
  groups: RoomGroupJson[];
  sources: { id: string; name: string }[];
  rooms: { sourceId: string; key: string; title: string | null }[];
}

/** The page of groups; `null` for whoever sees only a part of the rooms. */
export async function readGroupsPage({ sight }: Caller): Promise<GroupsPage | null> {
  if (!isWhole(sight)) return null;
  const { orm } = database();
  const [groups, sources, rooms] = await Promise.all([
    readRoomGroups(),
    listSources(orm),
    latestRoomsOfAll(orm, ROOMS),
  ]);
  return { groups, sources: sources.map(({ id, name }) => ({ id, name })), rooms };
}
