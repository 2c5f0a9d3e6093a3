import { z } from "zod";
import { type AuditFilter, countEntries, listEntries } from "#db/access/audit.ts";
import { ACTOR_KINDS, AUDIT_ACTIONS } from "#domain/access/audit/audit.ts";
import { cursorBy } from "#server/http/lists/cursor-shape.ts";
import { ANY_DAYS, type DaysAsked } from "#server/http/lists/days.ts";
import { defineList } from "#server/http/lists/list.ts";
import { NARROWING, noticed, type ValuesOf } from "#server/http/lists/parameters.ts";
import { text, word } from "#server/http/query.ts";

const BY_TIME = cursorBy({ at: z.int(), id: z.int() });

const query = {
  action: noticed(
    word(AUDIT_ACTIONS).default(null).describe("What was done"),
    "Entries of every action are shown.",
  ),
  who: text
    .default(null)
    .describe(`The id of who did it, or by what they came: ${ACTOR_KINDS.join(", ")}`),
  about: text.default(null).describe("The id of what it is about"),
  q: NARROWING.q.describe("Words in the name of who did it, or of what it is about"),
};

/** The audit log, newest first. */
export const auditLog = defineList({
  query,
  days: ANY_DAYS,
  select: ({ who, ...narrowed }: ValuesOf<typeof query>, { from, to }: DaysAsked): AuditFilter => ({
    ...{ ...narrowed, from, to },
    who: who === null ? null : whoOf(who),
  }),
  cursor: () => BY_TIME,
  open: (reader, filter: AuditFilter) => ({
    read: (cursor, limit) => listEntries(reader, filter, cursor, limit),
    count: () => countEntries(reader, filter),
  }),
  placeOf: ({ at, id }) => ({ at, id }),
});

function whoOf(who: string): NonNullable<AuditFilter["who"]> {
  const kind = ACTOR_KINDS.find((one) => one === who);
  return kind === undefined ? { id: who } : { kind };
}
