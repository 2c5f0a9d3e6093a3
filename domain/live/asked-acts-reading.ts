import { ACT_KINDS } from "#domain/desk/acts/act-kind.ts";
import { ACT_FAILURES, type AskedAct, type AskedActs } from "#domain/desk/acts/asked-act.ts";
import { type Guard, isOneOf, isText, isTime, listOf, orNull, shape } from "./guards.ts";

/* What the server pushes of acts is read, not believed, as all else. It is loaded with what shows them. */

const act = shape<AskedAct>({
  id: isText,
  act: isOneOf(...ACT_KINDS),
  provider: isText,
  meeting_id: isText,
  person: orNull(shape<NonNullable<AskedAct["person"]>>({ id: isText, name: orNull(isText) })),
  participant_ids: listOf(isText),
  asked_by: isText,
  asked_at: isTime,
  failed_at: orNull(isTime),
  failure: orNull(isOneOf(...ACT_FAILURES)),
});

export const isAskedActs: Guard<AskedActs> = shape<AskedActs>({ acts: listOf(act), as_of: isTime });
