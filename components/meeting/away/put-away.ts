import type { Recorded } from "#domain/event/recorded.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { WireTime } from "#domain/time/wire-time.ts";

/** Whom or what an operator may say is not here any more. */
export interface PutAwaySubject {
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

/** Whether an operator said that somebody, or the bot, is not here any more. */
export function isPutAwayWord({ type }: Pick<Recorded, "type">): boolean {
  return type === "presence_ruled" || type === "observer_ruled";
}

/** What is sent of it. */
export function bodyOf(
  { personId, where }: Pick<PutAwaySubject, "personId" | "where">,
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
