"use client";

import { useState } from "react";
import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { Button } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { PageHead, WayUp } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { counted } from "#components/words/count.ts";
import { momentOf } from "#components/words/moment.ts";
import { EndpointDialog } from "./endpoint-dialog.tsx";
import { EndpointState, PAUSED_WORDS } from "./endpoint-state.tsx";
import type { EndpointShown, ProviderTitles, SourceChoice } from "./shown.ts";

/** Where webhooks are sent, and how each address stands. */
export function EndpointsScreen({
  endpoints,
  sources,
  titles,
  areNetworksAllowed,
}: {
  endpoints: readonly EndpointShown[];
  sources: readonly SourceChoice[];
  titles: ProviderTitles;
  areNetworksAllowed: boolean;
}) {
  const [isAdding, setAdding] = useState(false);
  return (
    <>
      <PageTitle name="Webhooks" />
      <PageHead
        above={<WayUp href="/settings">Settings</WayUp>}
        title="Webhooks"
        lead="Other systems that are told what happens here, as it happens."
        actions={
          <Button look="primary" aria-haspopup="dialog" onClick={() => setAdding(true)}>
            Add a webhook
          </Button>
        }
        className="mb-4.5"
      />
      {endpoints.length === 0 ? (
        <p className="rounded-card border border-line bg-surface px-4.5 py-8 text-ink-2 shadow-card">
          Nobody is told anything yet. Add an address, and choose of what: who joins and leaves, who
          waits, who attended in the end, who never came.
          {!areNetworksAllowed && " It has to be a public one, over https."}
        </p>
      ) : (
        <ul aria-label="Webhooks" className="grid gap-3.5 *:min-w-0">
          {endpoints.map((endpoint) => (
            <EndpointRow key={endpoint.id} endpoint={endpoint} />
          ))}
        </ul>
      )}
      {isAdding && (
        <EndpointDialog sources={sources} titles={titles} onClose={() => setAdding(false)} />
      )}
    </>
  );
}

function EndpointRow({ endpoint }: { endpoint: EndpointShown }) {
  const clockFormat = useClockFormat();
  const { id, url, triggers, paused_for, failing_since, last_taken_at, waiting } = endpoint;
  return (
    <li className="rounded-card border border-line bg-surface px-4 py-3 shadow-card sm:px-4.5">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <Link href={`/endpoints/${id}`} className="wrap-anywhere font-strong hover:underline">
          {url}
        </Link>
        <EndpointState state={endpoint.state} />
      </div>
      <p className="wrap-anywhere mt-1 text-note text-ink-2">{triggers.join(", ")}</p>
      <p className="num mt-1 text-note text-ink-3">
        {[
          last_taken_at === null
            ? "nothing was taken yet"
            : `last taken ${momentOf(last_taken_at, clockFormat)}`,
          ...(failing_since === null
            ? []
            : [`failing since ${momentOf(failing_since, clockFormat)}`]),
          ...(waiting === 0 ? [] : [`${counted(waiting, "message waits", "messages wait")}`]),
        ].join(" · ")}
      </p>
      {paused_for !== null && (
        <p className="mt-1 text-note text-lost-ink">{PAUSED_WORDS[paused_for]}</p>
      )}
    </li>
  );
}
