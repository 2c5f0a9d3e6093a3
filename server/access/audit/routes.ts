import { ACTIONS } from "#domain/access/audit/audit.ts";
import type { Endpoint } from "#server/http/api.ts";
import type { FileEndpoint } from "#server/http/files/file-routes.ts";
import { AUDIT_COLUMNS } from "./export.ts";
import { auditLog } from "./list.ts";
import { auditJson } from "./page.ts";
import { auditEntries } from "./schema.ts";

const listAudit: Endpoint = {
  ...auditLog.endpoint(auditJson, {
    summary: "Who did what, from where, newest first",
    answer: auditEntries,
  }),
  who: "owner",
  ofPart: false,
  body: null,
};

const auditFile: FileEndpoint = {
  who: "owner",
  ...auditLog.file({
    summary: "The audit log as a file",
    name: "audit",
    columns: () => [...AUDIT_COLUMNS],
    itemsOf: (rows) => rows,
    batch: 1_000,
    intro: ({ action, q }) => ({
      title: "Audit log",
      narrowed: [
        ["What was done", action && ACTIONS[action].name],
        ["Search", q],
      ],
    }),
    invented: false,
  }),
};

export const auditLists = { list: listAudit, file: auditFile };
