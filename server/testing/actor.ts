import type { AuditActor } from "#domain/access/audit/audit.ts";

/** Somebody who does something in a test. */
export const ADA: AuditActor = {
  ...{ kind: "command", id: null, label: "ada" },
  ...{ address: null, userAgent: null },
};
