import { database } from "#db/connection/client.ts";
import { latestRooms } from "#db/rooms/called-rooms.ts";
import { sourceById } from "#db/sources/sources.ts";
import type { ConnectedProvider } from "#domain/sources/connect-words.ts";
import { isUuid } from "#domain/uuid.ts";
import type { Caller } from "#server/http/gate/caller.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { connectedProviders } from "#server/providers/providers.ts";
import { readOpened } from "./json.ts";
import type { openedSource } from "./schema.ts";

const MOST_ROOMS = 10;

/** What the page of a source shows. */
export interface SourcePage {
  opened: AnswerOf<typeof openedSource>;
  provider: ConnectedProvider | null;
  /** Its latest rooms, for what they are called. */
  rooms: { id: string; room: string; title: string | null }[];
}

/** The page of a source, for whoever asks; `null` where there is none. */
export async function readSourcePage(id: string, caller: Caller): Promise<SourcePage | null> {
  const { orm } = database();
  const source = isUuid(id) ? await sourceById(orm, id) : null;
  if (source === null) return null;
  const [opened, rooms] = await Promise.all([
    readOpened(source, caller),
    latestRooms(orm, source.id, MOST_ROOMS),
  ]);
  const provider = connectedProviders.find(({ name }) => name === source.provider) ?? null;
  return { opened, provider, rooms };
}
