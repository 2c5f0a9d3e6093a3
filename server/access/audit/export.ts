import type { AuditRow } from "#domain/access/audit/audit.ts";
import type { Column } from "#server/http/files/table.ts";
import { sentenceOf } from "./page.ts";

/** The columns of the audit log as a file. */
export const AUDIT_COLUMNS: readonly Column<AuditRow>[] = [
  { name: "id", kind: "number", only: "programs", value: ({ id }) => id },
  { name: "at", heading: "When", kind: "moment", value: ({ at }) => at },
  { name: "who", kind: "text", leads: true, value: ({ who }) => who.label },
  { name: "who_kind", heading: "By", kind: "word", value: ({ who }) => who.kind },
  { name: "who_id", kind: "text", only: "programs", value: ({ who }) => who.id },
  { name: "sentence", heading: "What was done", kind: "text", value: sentenceOf },
  { name: "action", kind: "text", only: "programs", value: ({ action }) => action },
  { name: "about_kind", kind: "text", only: "programs", value: ({ about }) => about?.kind ?? null },
  { name: "about_id", kind: "text", only: "programs", value: ({ about }) => about?.id ?? null },
  { name: "about", kind: "text", only: "programs", value: ({ about }) => about?.label ?? null },
  {
    name: "details",
    kind: "text",
    only: "programs",
    value: ({ details }) => JSON.stringify(details),
  },
  { name: "outcome", kind: "word", value: ({ outcome }) => outcome },
  { name: "address", heading: "From", kind: "text", value: ({ who }) => who.address },
  {
    name: "user_agent",
    heading: "Program",
    kind: "text",
    trails: true,
    value: ({ who }) => who.userAgent,
  },
];
