"use client";

import { PageName } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";

/** In place of the audit log, for those whom it does not show itself to. */
export function AuditClosed() {
  return (
    <>
      <PageTitle name="Audit log" />
      <PageName title="Audit log" />
      <p className="mt-4.5 max-w-3xl rounded-card border border-line bg-surface px-4.5 py-8 text-ink-2 shadow-card">
        Only an owner sees who did what. Ask one of them, if you need to know.
      </p>
    </>
  );
}
