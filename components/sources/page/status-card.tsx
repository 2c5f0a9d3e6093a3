import { isConnected, type OpenedSource } from "#components/sources/opened-source.ts";
import { roughly, silenceWords } from "#components/sources/silence-words.ts";
import { useNow } from "#components/sync/use-now.ts";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import { Card } from "#components/ui/card.tsx";
import { InfoTip } from "#components/ui/info-tip.tsx";
import { Link } from "#components/ui/link.tsx";
import { May } from "#components/viewer/may.tsx";
import { agoWords } from "#components/words/ago-words.ts";
import type { ConnectedProvider } from "#domain/sources/connect-words.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import { Checklist } from "./checklist.tsx";

/** Whether a source is heard: what came of it, when it was last heard, and what to check where it is silent. */
export function StatusCard({
  source,
  provider,
}: {
  source: OpenedSource;
  provider: ConnectedProvider;
}) {
  const now = useNow();
  const clockFormat = useTodaysClockFormat();
  const { silence, last_heard_at, paused_at } = source;
  const last = last_heard_at === null ? null : fromWireTime(last_heard_at);
  const isOdd = paused_at === null && (silence.state === "silent" || silence.state === "unheard");
  return (
    <Card title="Is it heard?" note={last === null ? "not yet" : agoWords(last, now, clockFormat)}>
      <div className="grid gap-3 px-4 py-3 *:min-w-0 sm:px-4.5">
        {!isConnected(source) && <Checklist source={source} provider={provider} />}
        {isConnected(source) && (
          <p className="num text-dense text-ink-2">
            The first webhook, a join and a leave came: it is connected.
          </p>
        )}
        {silence.state !== "unheard" && (
          <p
            className={`num flex items-center gap-1.5 text-dense ${isOdd ? "text-lost-ink" : "text-ink-2"}`}
          >
            {silenceWords(silence, last === null ? null : now - last)}
            <InfoTip about="its usual silence">
              For each of the last eight weeks with a meeting, the longest time between two meetings
              in which nothing was heard; the usual one is the median of these. It counts as silent
              after half as long again, and at least an hour more
              {silence.allowed_ms === null ? "" : `: after ${roughly(silence.allowed_ms)}`}. Three
              weeks have to be known.
            </InfoTip>
          </p>
        )}
        {isOdd && <WhatToCheck source={source} provider={provider} />}
        <May access="write">
          <p className="text-dense">
            <Link href={`/deliveries?source=${source.id}`} className="underline underline-offset-2">
              Its deliveries, and what was refused
            </Link>
          </p>
        </May>
      </div>
    </Card>
  );
}

function WhatToCheck({
  source: { webhook_url, webhook_path, silence },
  provider: { title, switchOn },
}: {
  source: OpenedSource;
  provider: ConnectedProvider;
}) {
  const address = webhook_url ?? webhook_path;
  return (
    <div className="rounded-lg bg-sunken px-3 py-2 text-note text-ink-2">
      <p className="font-firm text-ink">What to check</p>
      <ol className="mt-1 grid list-decimal gap-1 pl-4.5">
        {silence.state === "silent" && (
          <li>Whether there were meetings at all: a holiday is silent too.</li>
        )}
        <li className="wrap-anywhere">
          At {title}: whether the webhook is there, is switched on, and has this address:{" "}
          <code>{address}</code>.{switchOn !== null && ` If in doubt, ${switchOn}.`}
        </li>
        <li>Whether this server is reached from outside: its address followed by /api/health.</li>
        <li>
          Whether its webhooks come and are refused, because it signs with another secret: the
          deliveries show it.
        </li>
      </ol>
    </div>
  );
}
