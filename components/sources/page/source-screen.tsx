"use client";

import { isConnected, type OpenedSource } from "#components/sources/opened-source.ts";
import { ProgressLine, removalWords } from "#components/sources/parts/rebuild-note.tsx";
import { SourceState } from "#components/sources/source-state.tsx";
import { useSource } from "#components/sources/use-source.ts";
import { Breadcrumb, Step } from "#components/ui/breadcrumb.tsx";
import { Card } from "#components/ui/card.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { DemoMark } from "#components/ui/demo-mark.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { May } from "#components/viewer/may.tsx";
import { counted } from "#components/words/count.ts";
import { formatSetting } from "#components/words/duration.ts";
import type { ConnectedProvider } from "#domain/sources/connect-words.ts";
import { ApiKeyCard } from "./api-key-card.tsx";
import { CatchingUpCard } from "./catching-up-card.tsx";
import { ConnectSteps } from "./connect-steps.tsx";
import { EndCard } from "./end-card.tsx";
import { KeptCard } from "./kept-card.tsx";
import { SecretsCard } from "./secrets-card.tsx";
import { SettingsCard } from "./settings-card.tsx";
import { StatusCard } from "./status-card.tsx";
import { type RoomCalled, TitlesCard } from "./titles-card.tsx";
import { WebhookForm } from "./webhook-form.tsx";

/** One source: whether it is heard, how it is connected, its secrets, its settings, and its end. */
export function SourceScreen({
  opened,
  provider,
  rooms,
}: {
  opened: OpenedSource;
  /** How its provider is connected; `null` for imported files. */
  provider: ConnectedProvider | null;
  rooms: readonly RoomCalled[];
}) {
  const { source, isStale } = useSource(opened);
  const { name, webhook_path, removal } = source;
  return (
    <>
      <PageTitle name={name} />
      <Breadcrumb>
        <Step at="first" href="/sources">
          Sources
        </Step>
        <Step at="last">
          <bdi>{name}</bdi>
        </Step>
      </Breadcrumb>
      <PageHead
        title={<bdi>{name}</bdi>}
        beside={
          <SourceState
            isOfFiles={webhook_path === null}
            isPaused={source.paused_at !== null}
            isRemoved={removal !== null}
            silence={source.silence.state}
          />
        }
        lead={
          <>
            {provider?.title ?? "Imported files"}
            <DemoMark source={source} />
          </>
        }
        className="mb-4.5"
      >
        {webhook_path !== null && (
          <p className="text-note text-ink-3">
            Webhooks to <code className="wrap-anywhere">{source.webhook_url ?? webhook_path}</code>{" "}
            <CopyButton text={source.webhook_url ?? webhook_path} label="Copy the address" />
          </p>
        )}
      </PageHead>
      {isStale && (
        <p
          role="alert"
          className="mb-3.5 rounded-lg bg-lost-soft px-3 py-1.5 text-note text-lost-ink"
        >
          The server does not answer at the moment: this may be out of date.
        </p>
      )}
      {removal !== null ? (
        <Card title="Being deleted">
          <div className="px-4 py-3 sm:px-4.5">
            <ProgressLine label="Deleting" done={removal.done} total={removal.total}>
              {removalWords(removal)}
            </ProgressLine>
          </div>
        </Card>
      ) : (
        <Parts source={source} provider={provider} rooms={rooms} />
      )}
    </>
  );
}

function Parts({
  source,
  provider,
  rooms,
}: {
  source: OpenedSource;
  provider: ConnectedProvider | null;
  rooms: readonly RoomCalled[];
}) {
  return (
    <div className="grid items-start gap-3.5 *:min-w-0 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="grid gap-3.5 *:min-w-0">
        {provider !== null && <StatusCard source={source} provider={provider} />}
        {provider !== null && source.catching_up !== null && (
          <CatchingUpCard source={source} provider={provider} caught={source.catching_up} />
        )}
        <May access="manage" otherwise={<SettingsWords source={source} />}>
          <SettingsCard source={source} />
        </May>
        <May access="manage">
          <KeptCard source={source} />
        </May>
        {provider !== null && (
          <May access="manage">
            <TitlesCard source={source} rooms={rooms} />
          </May>
        )}
      </div>
      <May access="manage">
        <div className="grid gap-3.5 *:min-w-0">
          {provider !== null && source.secrets !== null && (
            <>
              <SecretsCard source={source} provider={provider} />
              <ConnectCard source={source} provider={provider} />
              {provider.apiKey !== null && (
                <ApiKeyCard source={source} apiKey={provider.apiKey} usual={provider.apiAddress} />
              )}
            </>
          )}
          <EndCard source={source} />
        </div>
      </May>
    </div>
  );
}

/** What is done at the provider; folded once it is connected. */
function ConnectCard({ source, provider }: { source: OpenedSource; provider: ConnectedProvider }) {
  const { id, webhook_path, webhook_url, api_key } = source;
  return (
    <Card title={`At ${provider.title}`}>
      <div className="grid gap-4 px-4 py-3 *:min-w-0 sm:px-4.5">
        <details open={!isConnected(source)}>
          <summary className="cursor-pointer text-dense text-ink-2">How it is connected</summary>
          <div className="mt-2.5">
            <ConnectSteps
              provider={provider}
              path={webhook_path ?? ""}
              url={webhook_url}
              secret={null}
            />
          </div>
        </details>
        {provider.makesWebhook && (
          <WebhookForm
            sourceId={id}
            provider={provider}
            keptKey={api_key}
            hasAddress={webhook_url !== null}
          />
        )}
      </div>
    </Card>
  );
}

/** The settings for those who may not change them. */
function SettingsWords({ source }: { source: OpenedSource }) {
  const { meetings, empty_gap_ms, grace_ms, note_takers } = source;
  const { keep_deliveries_months: months, keep_people_days: days } = source;
  return (
    <Card title="Settings">
      <ul className="num grid gap-1 px-4 py-3 text-dense text-ink-2 sm:px-4.5">
        {meetings === "by_gap" && (
          <li>A new meeting begins after {formatSetting(empty_gap_ms)} empty.</li>
        )}
        <li>
          {grace_ms === 0
            ? "No gap counts as attended."
            : `Gaps up to ${formatSetting(grace_ms)} count as attended.`}
        </li>
        {note_takers.length > 0 && (
          <li className="wrap-anywhere">Names of note-takers: {note_takers.join(", ")}</li>
        )}
        {months !== null && <li>Webhooks are kept for {counted(months, "month", "months")}.</li>}
        {days !== null && <li>Who was there is kept for {counted(days, "day", "days")}.</li>}
        <li>An owner changes these settings.</li>
      </ul>
    </Card>
  );
}
