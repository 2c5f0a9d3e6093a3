"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { askApi } from "#components/api/api.ts";
import { EndpointState, PAUSED_WORDS } from "#components/integrations/outgoing/endpoint-state.tsx";
import type {
  EndpointShown,
  ProviderTitles,
  SourceChoice,
} from "#components/integrations/outgoing/shown.ts";
import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { queryKeys } from "#components/sync/query-keys.ts";
import { Breadcrumb, Step } from "#components/ui/breadcrumb.tsx";
import { Button } from "#components/ui/button.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { counted } from "#components/words/count.ts";
import { momentOf } from "#components/words/moment.ts";
import { AttemptsCard } from "./attempts-card.tsx";
import { EndCard } from "./end-card.tsx";
import { ResendCard } from "./resend-card.tsx";
import { useEndpoint } from "./use-endpoint.ts";

const tested = async () => (await import("#server/integrations/outgoing/schema.ts")).tested;

/** One endpoint: how it stands, what was sent, and what is done with it. */
export function EndpointScreen({
  opened,
  sources,
  titles,
}: {
  opened: EndpointShown;
  sources: readonly SourceChoice[];
  titles: ProviderTitles;
}) {
  const clockFormat = useClockFormat();
  const { endpoint, isStale } = useEndpoint(opened);
  const { url, paused_for, failing_since, rests_until, last_taken_at, waiting } = endpoint;
  const host = URL.parse(url)?.host ?? url;
  return (
    <>
      <PageTitle name={host} />
      <Breadcrumb>
        <Step at="first" href="/settings">
          Settings
        </Step>
        <Step href="/endpoints">Webhooks</Step>
        <Step at="last">
          <bdi>{host}</bdi>
        </Step>
      </Breadcrumb>
      <PageHead
        title={<bdi>{host}</bdi>}
        beside={<EndpointState state={endpoint.state} />}
        lead={[
          last_taken_at === null
            ? "Nothing was taken yet"
            : `Last taken ${momentOf(last_taken_at, clockFormat)}`,
          ...(waiting === 0 ? [] : [counted(waiting, "message waits", "messages wait")]),
        ].join(" · ")}
        actions={<TestButton id={endpoint.id} />}
        className="mb-4.5"
      >
        <p className="wrap-anywhere text-note text-ink-3">
          <code>{url}</code>
        </p>
      </PageHead>
      {isStale && (
        <Trouble>The server does not answer at the moment: this may be out of date.</Trouble>
      )}
      {paused_for !== null && <Trouble>{PAUSED_WORDS[paused_for]}</Trouble>}
      {paused_for === null && failing_since !== null && (
        <Trouble>
          It has taken nothing since {momentOf(failing_since, clockFormat)}. It is tried again, and
          paused after two days.
          {rests_until !== null &&
            ` It asked for patience until ${momentOf(rests_until, clockFormat)}.`}
        </Trouble>
      )}
      <div className="grid items-start gap-3.5 *:min-w-0 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <AttemptsCard endpoint={endpoint} />
        <div className="grid gap-3.5 *:min-w-0">
          <EndCard endpoint={endpoint} sources={sources} titles={titles} />
          <ResendCard endpoint={endpoint} />
        </div>
      </div>
    </>
  );
}

function Trouble({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="mb-3.5 rounded-lg bg-lost-soft px-3 py-1.5 text-note text-lost-ink">
      {children}
    </p>
  );
}

/** Sends what tells nothing, and says what came back. */
function TestButton({ id }: { id: string }) {
  const client = useQueryClient();
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: () => askApi(`/endpoints/${id}/test`, tested, { method: "POST" }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.attempts(id, "all") }),
  });
  const words =
    error !== null
      ? error.message
      : data === undefined
        ? ""
        : data.taken
          ? `It was taken: ${data.status}, after ${data.took_ms} ms.`
          : `It was not taken: ${data.failure ?? data.status}.`;
  return (
    <div className="grid gap-1 sm:justify-items-end">
      <Button look="primary" disabled={isPending} onClick={() => mutate()}>
        {isPending ? "Sending…" : "Send a test"}
      </Button>
      <p
        role="status"
        className={`num max-w-72 text-note sm:text-right ${data?.taken === true ? "text-present-ink" : "text-lost-ink"}`}
      >
        {words}
      </p>
    </div>
  );
}
