import { useSyncExternalStore } from "react";
import type { Ms } from "#domain/event.ts";
import type { WireTime } from "#domain/wire.ts";

/** Whom or what an operator may say is not here any more. */
export interface Subject {
  meetingId: string;
  /** `null`: all of the meeting that is open. */
  personId: string | null;
  /** Only where they wait, where they may be in as well. */
  where: "waiting" | null;
  /** As it is called: the person, or the meeting. */
  name: string;
  /** They cannot have left before; `null` where that is not known here. */
  notBefore: Ms | null;
}

/** What was said last, so that it can be taken back at once. */
export interface PutAwayNow {
  meetingId: string;
  ruling: string;
  name: string;
}

/** What says it, over every screen. */
export const PUT_AWAY_NOTICE = "put-away-notice";

let latest: PutAwayNow | null = null;
const listeners = new Set<() => void>();

/** For every screen: who is put away is no longer on the one on which that was said. */
export function announcePutAway(now: PutAwayNow | null): void {
  latest = now;
  for (const listener of listeners) listener();
}

export function useLatestPutAway(): PutAwayNow | null {
  return useSyncExternalStore(
    subscribe,
    () => latest,
    () => null,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What is sent of it. */
export function bodyOf(
  { personId, where }: Pick<Subject, "personId" | "where">,
  since: WireTime | null,
  by: string,
): object {
  return {
    verdict: "not_here",
    ...(personId !== null && { person_ids: [personId] }),
    ...(where !== null && { where }),
    ...(since !== null && { since }),
    by,
  };
}
