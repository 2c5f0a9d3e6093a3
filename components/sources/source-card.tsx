"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { tellApi } from "#components/api/api.ts";
import { useLiveParts } from "#components/sync/live-provider.tsx";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import { useTrouble } from "#components/sync/use-trouble.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { CONTROL, Field } from "#components/ui/field.tsx";
import { Link } from "#components/ui/link.tsx";
import { SourceMark } from "#components/ui/source-mark.tsx";
import { May } from "#components/viewer/may.tsx";
import { grouped } from "#components/words/count.ts";
import { formatSetting } from "#components/words/duration.ts";
import { refusedBefore, refusedSentence } from "#components/words/recording-words.ts";
import { MOST_GAP_MS, MOST_GRACE_MS, type SourceShown, wordsIn } from "#domain/sources/sources.ts";

/** One source: the address of its webhooks, its settings, and its refused webhooks. */
export function SourceCard({ source }: { source: SourceShown }) {
  const { name, webhookPath, untold } = source;
  return (
    <Card
      title={name}
      label={webhookPath === null ? name : `${name}, ${webhookPath}`}
      note={<SourceMark source={source} />}
    >
      <div className="px-4 py-3 sm:px-4.5">
        {webhookPath !== null && (
          <p className="wrap-anywhere mb-3 text-note text-ink-3">
            Webhooks to <code>{webhookPath}</code>
          </p>
        )}
        <RefusedNote source={source} />
        <May access="manage" otherwise={<SettingsWords source={source} />}>
          <SettingsForm key={settingsKey(source)} source={source} />
        </May>
        {untold !== null && (
          <p
            role="status"
            className="num mt-3 rounded-lg bg-waiting-soft px-3 py-1.5 text-note text-waiting-ink"
          >
            Past meetings are being recalculated: {progressWords(untold)}
          </p>
        )}
      </div>
    </Card>
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
      <p className="num wrap-anywhere mb-3 rounded-lg bg-lost-soft px-3 py-1.5 text-note text-lost-ink">
        {refusedSentence(current, providers, at, face)} <RefusedLink />
      </p>
    );
  }
  if (refused === null || refused.over_at === null) return null;
  return (
    <p className="num mb-3 rounded-lg bg-sunken px-3 py-1.5 text-note text-ink-2">
      {refusedBefore(refused, at, face)} <RefusedLink />
    </p>
  );
}

/** To how many were refused, hour by hour, and why that may be. */
function RefusedLink() {
  return (
    <May access="write">
      <Link href="/deliveries#refused" className="underline underline-offset-2">
        Refusals
      </Link>
    </May>
  );
}

function settingsKey({ name, emptyGapMs, graceMs, noteTakers }: SourceShown): string {
  return JSON.stringify([name, emptyGapMs, graceMs, noteTakers]);
}

function progressWords({ done, total }: NonNullable<SourceShown["untold"]>): string {
  return total === null ? "about to begin" : `${grouped(done)} of ${grouped(total)} events`;
}

/** The settings for those who may not change them. */
function SettingsWords({ source }: { source: SourceShown }) {
  const { partsByGap, emptyGapMs, graceMs, noteTakers } = source;
  return (
    <ul className="num grid gap-1 text-dense text-ink-2">
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

function SettingsForm({ source }: { source: SourceShown }) {
  const router = useRouter();
  const [name, setName] = useState(source.name);
  const [gap, setGap] = useState(String(source.emptyGapMs / 1_000));
  const [grace, setGrace] = useState(String(source.graceMs / 1_000));
  const [words, setWords] = useState(source.noteTakers.join(", "));
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: object) =>
      tellApi(`/sources/${encodeURIComponent(source.id)}`, { method: "PATCH", body }),
    networkMode: "always",
    onSuccess: () => router.refresh(),
  });
  const change = changeOf(source, { name, gap, grace, words });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate(change);
  };
  return (
    <form onSubmit={submit} className="grid grid-cols-2 gap-x-2.5 gap-y-2.5">
      <Field label="Name" className="col-span-2">
        <input
          className={CONTROL}
          value={name}
          maxLength={100}
          required
          onChange={(e) => setName(e.target.value)}
        />
      </Field>
      {source.partsByGap && (
        <Seconds
          label="A new meeting begins after, in seconds empty"
          mostMs={MOST_GAP_MS}
          value={gap}
          onChange={setGap}
        />
      )}
      <Seconds
        label="Gaps that count as attended, in seconds"
        mostMs={MOST_GRACE_MS}
        value={grace}
        onChange={setGrace}
      />
      <Field label="Names of note-takers (words, separated by commas)" className="col-span-2">
        <input
          className={CONTROL}
          value={words}
          placeholder="Minutes Helper, -Notta"
          onChange={(e) => setWords(e.target.value)}
        />
      </Field>
      <p className="col-span-2 text-note text-ink-3">
        {source.partsByGap
          ? "With a longer gap, interrupted meetings become one; with a shorter one, they are split. A room with somebody in it or waiting is not empty."
          : "Each of its rooms holds one meeting."}{" "}
        A name with a minus in front belongs to a person.
      </p>
      <div className="col-span-2 flex flex-wrap items-center gap-3">
        <Button type="submit" disabled={isPending || Object.keys(change).length === 0}>
          {isPending ? "Saving…" : "Save"}
        </Button>
        {error !== null && !isPending && (
          <p role="alert" className="text-note text-lost-ink">
            This was not saved. {error.message}
          </p>
        )}
      </div>
    </form>
  );
}

interface Draft {
  name: string;
  gap: string;
  grace: string;
  words: string;
}

/** Only the settings that differ from the stored ones. */
function changeOf(source: SourceShown, { name, gap, grace, words }: Draft): object {
  const [gapMs, graceMs, noteTakers] = [msOf(gap), msOf(grace), wordsIn(words)];
  return {
    ...(name.trim() !== source.name && { name: name.trim() }),
    ...(gapMs !== source.emptyGapMs && { empty_gap_ms: gapMs }),
    ...(graceMs !== source.graceMs && { grace_ms: graceMs }),
    ...(noteTakers.join("\n") !== source.noteTakers.join("\n") && { note_takers: noteTakers }),
  };
}

function msOf(seconds: string): number {
  return Math.round(Number(seconds) * 1_000);
}

function Seconds({
  label,
  mostMs,
  value,
  onChange,
}: {
  label: string;
  mostMs: number;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <Field label={label}>
      <input
        type="number"
        min={0}
        max={mostMs / 1_000}
        required
        className={CONTROL}
        value={value}
        onChange={(e) => onChange(e.target.value)}
      />
    </Field>
  );
}
