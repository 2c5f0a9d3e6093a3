"use client";

import { PageName } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";

/** In place of the webhooks, for those whom they do not show themselves to. */
export function EndpointsClosed() {
  return (
    <>
      <PageTitle name="Webhooks" />
      <PageName title="Webhooks" />
      <p className="mt-4.5 max-w-3xl rounded-card border border-line bg-surface px-4.5 py-8 text-ink-2 shadow-card">
        Only an owner who sees everything has other systems told of it. Ask one of them, if you need
        to know.
      </p>
    </>
  );
}
