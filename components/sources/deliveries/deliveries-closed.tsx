"use client";

import { PageName } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";

/** In place of the deliveries, for those whom they do not show themselves to. */
export function DeliveriesClosed() {
  return (
    <>
      <PageTitle name="Deliveries" />
      <PageName title="Deliveries" />
      <p className="mt-4.5 max-w-3xl rounded-card border border-line bg-surface px-4.5 py-8 text-ink-2 shadow-card">
        Owners and operators see what came in, and what became of it. Ask one of them, if you miss
        something.
      </p>
    </>
  );
}
