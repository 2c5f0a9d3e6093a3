import type { Recorded } from "#domain/event/recorded.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { WireTime } from "#domain/time/wire-time.ts";

/** A person or a meeting that an operator may put away: not here any more. */
export interface PutAwaySubject {
  meetingId: string;
  /** `null`: every open visit and wait of the meeting. */
  personId: string | null;
  /** `"waiting"`: only their wait, though they may be in as well; `null`: wherever they are. */
  where: "waiting" | null;
  /** The name of the person or of the meeting. */
  name: string;
  /** They cannot have left before this moment (epoch ms); `null` where it is not known here. */
  notBefore: Ms | null;
}

/** Whether a record is an operator's correction that a person, or the bot, is not here any more. */
export function isPutAwayCorrection({ type }: Pick<Recorded, "type">): boolean {
  return type === "presence_ruled" || type === "observer_ruled";
}

/** The body of the request to `/api/v1`. */
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
