import type { StoredEndpoint } from "#db/integrations/outgoing/endpoints.ts";
import {
  addMessages,
  type NewMessage,
  toldAlready,
  toldLast,
} from "#db/integrations/outgoing/messages.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { RoomSeen } from "#domain/access/sight.ts";
import { isWanted } from "#domain/integrations/outgoing/endpoint.ts";
import { keyOf, type Occurrence } from "#domain/integrations/outgoing/occurrence.ts";
import type { Ms } from "#domain/time/ms.ts";
import { digestOf } from "./digest.ts";

/** Something to be told, and the room in which it happened; `null` where it is in none. */
export interface Happened {
  occurrence: Occurrence;
  room: RoomSeen | null;
}

/** Who is told, when, and which of them were: their messages wait to be sent. */
export interface Telling {
  endpoints: readonly StoredEndpoint[];
  now: Ms;
  told: Set<string>;
}

/**
 * Adds what each endpoint that wants it is told, in this order. What it was told already it is not told again, and what
 * corrects something names that.
 */
export async function tellEndpoints(
  orm: Orm,
  { endpoints, now, told }: Telling,
  happened: readonly Happened[],
): Promise<void> {
  const wanted = happened.flatMap(({ occurrence, room }) =>
    endpoints
      .filter((endpoint) => isWanted(endpoint, occurrence.trigger, room))
      .map((endpoint) => ({
        occurrence,
        endpointId: endpoint.id,
        id: digestOf(keyOf(endpoint.id, occurrence.key)),
        about: digestOf(occurrence.about),
      })),
  );
  if (wanted.length === 0) return;
  const before = await toldAlready(
    orm,
    wanted.map(({ id }) => id),
  );
  const fresh = wanted.filter(({ id }) => !before.has(id));
  if (fresh.length === 0) return;
  const last = await toldLast(
    orm,
    [...new Set(fresh.map(({ endpointId }) => endpointId))],
    [...new Set(fresh.map(({ about }) => about))],
  );
  const rows = fresh.map(({ occurrence, endpointId, id, about }): NewMessage => {
    const corrects = last.get(`${endpointId} ${about}`) ?? null;
    last.set(`${endpointId} ${about}`, id);
    const { trigger, meetingId } = occurrence;
    const body = JSON.stringify(occurrence.body({ id, madeAt: now, corrects }));
    return {
      ...{ id, endpointId, trigger, meetingId, about, corrects, body },
      ...{ madeAt: now, state: "pending", nextAt: now },
    };
  });
  await addMessages(orm, rows);
  for (const { endpointId } of rows) told.add(endpointId);
}
