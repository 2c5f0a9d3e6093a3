import * as z from "zod/mini";
import { ACTOR_KINDS, AUDIT_ACTIONS } from "#domain/access/audit/audit.ts";
import { AUDIT_OUTCOMES, AUDITED_KINDS } from "#domain/access/audit/audited.ts";
import { about, named, pageOf, time } from "#server/http/schema.ts";

export const auditEntry = named(
  "AuditEntry",
  z.object({
    id: about(z.int(), "Later entries have higher ones"),
    at: time,
    action: about(z.enum(AUDIT_ACTIONS), "What was done"),
    who: z.object({
      kind: about(z.enum(ACTOR_KINDS), "By what they came"),
      id: about(z.nullable(z.string()), "Of a member or a key"),
      label: about(z.string(), "How they were called at the time"),
    }),
    about: about(
      z.nullable(
        z.object({
          kind: z.enum(AUDITED_KINDS),
          id: z.nullable(z.string()),
          label: about(z.nullable(z.string()), "How it was called at the time; null once erased"),
        }),
      ),
      "null where it is about a whole list, or the installation",
    ),
    details: about(
      z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
      "What else is noted, by the action",
    ),
    outcome: z.enum(AUDIT_OUTCOMES),
    address: about(z.nullable(z.string()), "The address it came from; null for a command"),
    user_agent: z.nullable(z.string()),
    sentence: about(z.string(), "The same in plain English, after who did it"),
  }),
);

export const auditEntries = z.object({
  ...pageOf(auditEntry).shape,
  kept_days: about(z.nullable(z.int()), "So many days entries are kept; null for good"),
});
