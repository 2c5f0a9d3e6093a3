import type { Ms } from "#domain/time/ms.ts";
import { deliverAll, isTaken } from "#server/demo/simulate/sending/deliver.ts";
import type { Parcel, Server } from "#server/demo/simulate/sending/send.ts";
import type { RoomEnding } from "./endings.ts";

/** Meetings, and the people who were in them or waited. */
export interface Open {
  meetings: number;
  people: number;
}

/** How far an ending has come, in webhooks. */
export interface EndingProgress {
  sent: number;
  total: number;
}

export interface CarryOutOptions extends Server {
  now: () => Ms;
  /** Breaks it off. */
  signal: AbortSignal;
  onProgress?: ((progress: EndingProgress) => void) | undefined;
}

/** Sends endings: first all people leave, then the meetings end. Returns what is over now, and what is still open. */
export async function carryOut(
  endings: readonly RoomEnding[],
  { onProgress, ...options }: CarryOutOptions,
): Promise<{ ended: Open; open: Open }> {
  const leaving = endings.flatMap(({ provider, leaves }) =>
    leaves.map(({ body }): Parcel => ({ provider, body })),
  );
  const ending = endings.flatMap(({ provider, ends }) =>
    ends.map((body): Parcel => ({ provider, body })),
  );
  const taken = new Set<string>();
  let sent = 0;
  const total = leaving.length + ending.length;
  for (const parcels of [leaving, ending]) {
    const isAll = await deliverAll(parcels, options, ({ body }, answer) => {
      sent += 1;
      if (isTaken(answer)) taken.add(body);
      onProgress?.({ sent, total });
    });
    if (!isAll) break;
  }
  return { ended: countOpen(endings, taken, true), open: countOpen(endings, taken, false) };
}

/** What there is to be ended. */
export function openOf(endings: readonly RoomEnding[]): Open {
  return countOpen(endings, new Set(), false);
}

function countOpen(
  endings: readonly RoomEnding[],
  taken: ReadonlySet<string>,
  over: boolean,
): Open {
  const count: Open = { meetings: 0, people: 0 };
  for (const { isOpen, leaves, ends } of endings) {
    const bodies = [...leaves.map(({ body }) => body), ...ends];
    if (isOpen && bodies.every((body) => taken.has(body)) === over) count.meetings += 1;
    for (const own of Map.groupBy(leaves, ({ person }) => person).values()) {
      if (own.every(({ body }) => taken.has(body)) === over) count.people += 1;
    }
  }
  return count;
}
