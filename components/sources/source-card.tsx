"use client";

import { useLiveParts } from "#components/sync/live-provider.tsx";
import { useNow } from "#components/sync/use-now.ts";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import { useTrouble } from "#components/sync/use-trouble.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Link } from "#components/ui/link.tsx";
import { SourceMark } from "#components/ui/source-mark.tsx";
import { May } from "#components/viewer/may.tsx";
import { agoWords } from "#components/words/ago-words.ts";
import { formatSetting } from "#components/words/duration.ts";
import { refusedBefore, refusedSentence } from "#components/words/recording-sentences.ts";
import type { SourceShown } from "#domain/sources/sources.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import { ProgressLine, rebuildWords, removalWords } from "./parts/rebuild-note.tsx";
import { roughly, silenceWords } from "./silence-words.ts";
import { SourceState } from "./source-state.tsx";

/** One source in the list: how it stands, its settings in words, and the way to its page. */
export function SourceCard({ source }: { source: SourceShown }) {
  const { id, name, webhookPath, untold, removal, silence } = source;
  const isOfFiles = webhookPath === null;
  return (
    <Card
      title={name}
      label={isOfFiles ? name : `${name}, ${webhookPath}`}
      note={<SourceMark source={source} />}
      aside={
        <SourceState
          isOfFiles={isOfFiles}
          isPaused={source.pausedAt !== null}
          isRemoved={removal !== null}
          silence={silence.state}
        />
      }
    >
      <div className="grid gap-2.5 px-4 py-3 text-dense sm:px-4.5">
        {!isOfFiles && <HeardLine source={source} />}
        <RefusedNote source={source} />
        <SettingsWords source={source} />
        {untold !== null && !untold.stopped && (
          <ProgressLine label={`Recalculating ${name}`} done={untold.done} total={untold.total}>
            {rebuildWords(untold)}
          </ProgressLine>
        )}
        {removal !== null && (
          <ProgressLine label={`Deleting ${name}`} done={removal.done} total={removal.total}>
            {removalWords(removal)}
          </ProgressLine>
        )}
        <p>
          <ButtonLink look="small" href={`/sources/${id}`} aria-label={`Open ${name}`}>
            Open
          </ButtonLink>
        </p>
      </div>
    </Card>
  );
}

/** When it was last heard, and whether that is usual. */
function HeardLine({ source: { lastAt, silence } }: { source: SourceShown }) {
  const now = useNow();
  const clockFormat = useTodaysClockFormat();
  const { state, weeks, usualMs: usual_ms } = silence;
  if (lastAt === null) return <p className="text-ink-2">Nothing was heard of it yet.</p>;
  const last = fromWireTime(lastAt);
  if (state === "silent") {
    return (
      <p className="num rounded-lg bg-lost-soft px-3 py-1.5 text-note text-lost-ink">
        {silenceWords({ state, weeks, usual_ms }, now - last)} Its page says what to check.
      </p>
    );
  }
  return (
    <p className="num text-ink-2">
      Last heard {agoWords(last, now, clockFormat)}
      {usual_ms !== null && `; silent for ${roughly(usual_ms)} at most, usually`}
    </p>
  );
}

/** Which of its webhooks are refused now, or were refused until they were accepted again. */
function RefusedNote({ source: { id, refused } }: { source: SourceShown }) {
  const { refused: now, more, now: at } = useTrouble();
  const { providers } = useLiveParts();
  const face = useTodaysClockFormat();
  // A push names only so many sources; the others are shown as they were when the page was opened.
  const opened = more > 0 && refused?.over_at === null ? refused : null;
  const current = now.find(({ source }) => source.id === id) ?? opened;
  if (current !== null) {
    return (
      <p className="num wrap-anywhere rounded-lg bg-lost-soft px-3 py-1.5 text-note text-lost-ink">
        {refusedSentence(current, providers, at, face)} <RefusedLink id={id} />
      </p>
    );
  }
  if (refused === null || refused.over_at === null) return null;
  return (
    <p className="num rounded-lg bg-sunken px-3 py-1.5 text-note text-ink-2">
      {refusedBefore(refused, at, face)} <RefusedLink id={id} />
    </p>
  );
}

/** To how many were refused, hour by hour, and why that may be. */
function RefusedLink({ id }: { id: string }) {
  return (
    <May access="write">
      <Link href={`/deliveries?source=${id}#refused`} className="underline underline-offset-2">
        Refusals
      </Link>
    </May>
  );
}

/** The settings in words. */
function SettingsWords({ source }: { source: SourceShown }) {
  const { partsByGap, emptyGapMs, graceMs, noteTakers } = source;
  return (
    <ul className="num grid gap-0.5 text-note text-ink-2">
      {partsByGap && <li>A new meeting begins after {formatSetting(emptyGapMs)} empty.</li>}
      <li>
        {graceMs === 0
          ? "No gap counts as attended."
          : `Gaps up to ${formatSetting(graceMs)} count as attended.`}
      </li>
      {noteTakers.length > 0 && (
        <li className="wrap-anywhere">Names of note-takers: {noteTakers.join(", ")}</li>
      )}
    </ul>
  );
}
