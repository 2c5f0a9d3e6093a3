import { createHmac } from "node:crypto";
import { sightNow } from "#db/access/sight/seeing.ts";
import { masked, maskedRecords, type Pseudonym } from "#domain/access/mask.ts";
import type { Sight } from "#domain/access/sight.ts";
import type { Recorded } from "#domain/event/recorded.ts";
import type { Rules } from "#domain/participant/rules.ts";
import type { ExpectedFacts } from "#domain/scheduled/attendance.ts";
import { maskedFacts } from "#domain/scheduled/masked-facts.ts";
import type { Ms } from "#domain/time/ms.ts";
import { processContext } from "#server/runtime/process-context.ts";

/*
 * The edge at which names become initials for those who may not see them: what is answered as JSON, what stands in a
 * file, what a page opens with and what a socket is sent goes through here, and nothing before it knows of it.
 */

const PSEUDONYM_LENGTH = 12;

export const pseudonym: Pseudonym = (text) =>
  createHmac("sha256", `pseudonyms of ${processContext().env.secret}`)
    .update(text)
    .digest("base64url")
    .slice(0, PSEUDONYM_LENGTH);

/** Something as somebody with a sight is shown it, by default whom the work now is for. */
export function shown<T>(value: T, { masked: isMasked }: Pick<Sight, "masked"> = sightNow()): T {
  return isMasked ? masked(value, pseudonym) : value;
}

/** An answer as somebody with a sight is shown it. Files are sent piece by piece, and have their own edge. */
export async function shownAnswer(answer: Response, sight: Sight): Promise<Response> {
  const { status, headers } = answer;
  const isJson = headers.get("content-type")?.startsWith("application/json") === true;
  if (!sight.masked || !isJson || headers.has("content-disposition")) return answer;
  const body: unknown = await answer.json();
  return Response.json(shown(body, sight), { status, headers });
}

/** The events of a meeting and the rules to project them by, as a page of somebody with a sight projects them. */
export function shownRecords(
  records: Recorded[],
  { noteTakers }: Pick<Rules, "noteTakers">,
  { masked: isMasked }: Pick<Sight, "masked"> = sightNow(),
): Recorded[] {
  return isMasked ? maskedRecords(records, pseudonym, noteTakers) : records;
}

/** Rules with no words for programs, which may be somebody's name: masked names say by themselves which are programs. */
export function shownRules(rules: Rules): Rules {
  return sightNow().masked ? { ...rules, noteTakers: [] } : rules;
}

/** What is known of a scheduled meeting, as a page of whom the work now is for says from it who came. */
export function shownFacts(facts: ExpectedFacts, now: Ms): ExpectedFacts {
  return sightNow().masked ? maskedFacts(facts, now, pseudonym) : facts;
}
