import { type FormEvent, useState } from "react";
import type { OpenedSource } from "#components/sources/opened-source.ts";
import { NumberField } from "#components/sources/parts/number-field.tsx";
import { ProgressLine, rebuildWords } from "#components/sources/parts/rebuild-note.tsx";
import { useSourceChange } from "#components/sources/use-source.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { CONTROL, Field } from "#components/ui/field.tsx";
import { MOST_GAP_MS, MOST_GRACE_MS, wordsIn } from "#domain/sources/sources.ts";
import { PreviewNote } from "./preview-note.tsx";

/** The settings of a source, what changing them would do, and how far the past is recalculated by them. */
export function SettingsCard({ source }: { source: OpenedSource }) {
  return (
    <Card title="Settings">
      <div className="grid gap-3 px-4 py-3 *:min-w-0 sm:px-4.5">
        <SettingsForm key={settingsKey(source)} source={source} />
        <RebuildState source={source} />
      </div>
    </Card>
  );
}

function settingsKey(source: OpenedSource): string {
  const { name, empty_gap_ms, grace_ms, note_takers, joins_bots } = source;
  return JSON.stringify([name, empty_gap_ms, grace_ms, note_takers, joins_bots]);
}

function RebuildState({ source: { id, untold } }: { source: OpenedSource }) {
  const { mutate, isPending } = useSourceChange(id);
  if (untold === null) return null;
  if (untold.stopped) {
    return (
      <div className="flex flex-wrap items-center gap-3 rounded-lg bg-waiting-soft px-3 py-2">
        <p role="status" className="min-w-0 flex-1 text-note text-waiting-ink">
          Recalculating was stopped: some past meetings are still by the settings of before. New
          ones are by the present ones.
        </p>
        <Button disabled={isPending} onClick={() => mutate({ method: "POST", part: "/rebuild" })}>
          Go on
        </Button>
      </div>
    );
  }
  return (
    <div className="grid gap-2">
      <ProgressLine label="Recalculating past meetings" done={untold.done} total={untold.total}>
        {rebuildWords(untold)}
      </ProgressLine>
      <p className="flex flex-wrap items-center gap-3 text-note text-ink-3">
        Webhooks are taken meanwhile.
        <Button
          look="small"
          disabled={isPending}
          onClick={() => mutate({ method: "DELETE", part: "/rebuild" })}
        >
          Stop recalculating
        </Button>
      </p>
    </div>
  );
}

function SettingsForm({ source }: { source: OpenedSource }) {
  const partsByGap = source.meetings === "by_gap";
  const [name, setName] = useState(source.name);
  const [gap, setGap] = useState(String(source.empty_gap_ms / 1_000));
  const [grace, setGrace] = useState(String(source.grace_ms / 1_000));
  const [words, setWords] = useState(source.note_takers.join(", "));
  const [joinsBots, setJoinsBots] = useState(source.joins_bots);
  const { mutate, isPending, error } = useSourceChange(source.id);
  const [gapMs, graceMs] = [msOf(gap), msOf(grace)];
  const change = changeOf(source, { name, gapMs, graceMs, words, joinsBots });
  const isOtherRule = "empty_gap_ms" in change || "grace_ms" in change || "joins_bots" in change;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate({ method: "PATCH", body: change });
  };
  return (
    <form onSubmit={submit} className="grid grid-cols-2 gap-2.5">
      <Field label="Name" className="col-span-2">
        <input
          className={CONTROL}
          value={name}
          maxLength={100}
          required
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      {partsByGap && (
        <NumberField
          label="A new meeting begins after, in seconds empty"
          least={0}
          most={MOST_GAP_MS / 1_000}
          value={gap}
          onChange={setGap}
        />
      )}
      <NumberField
        label="Gaps that count as attended, in seconds"
        least={0}
        most={MOST_GRACE_MS / 1_000}
        value={grace}
        onChange={setGrace}
      />
      <Field label="Names of note-takers (words, separated by commas)" className="col-span-2">
        <input
          className={CONTROL}
          value={words}
          placeholder="Minutes Helper, -Notta"
          onChange={(event) => setWords(event.target.value)}
        />
      </Field>
      {!partsByGap && (
        <label className="col-span-2 flex items-start gap-2 text-note text-ink-2">
          <input
            type="checkbox"
            className="mt-0.5"
            checked={joinsBots}
            onChange={(event) => setJoinsBots(event.target.checked)}
          />
          Bots that watch at one address at one time see one meeting, and nobody in it twice
        </label>
      )}
      <p className="col-span-2 text-note text-ink-3">
        {partsByGap
          ? "With a longer gap, interrupted meetings become one; with a shorter one, they are split. A room with somebody in it or waiting is not empty."
          : "Each of its rooms holds one meeting, that of its bot."}{" "}
        A name with a minus in front belongs to a person. Past meetings are recalculated; setting it
        back restores what was.
      </p>
      {isOtherRule && Number.isFinite(gapMs) && Number.isFinite(graceMs) && (
        <PreviewNote sourceId={source.id} gapMs={gapMs} graceMs={graceMs} joinsBots={joinsBots} />
      )}
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

/** Only the settings that differ from the stored ones. */
function changeOf(
  source: OpenedSource,
  draft: { name: string; gapMs: number; graceMs: number; words: string; joinsBots: boolean },
): object {
  const { name, gapMs, graceMs, joinsBots } = draft;
  const noteTakers = wordsIn(draft.words);
  return {
    ...(name.trim() !== source.name && { name: name.trim() }),
    ...(gapMs !== source.empty_gap_ms && { empty_gap_ms: gapMs }),
    ...(graceMs !== source.grace_ms && { grace_ms: graceMs }),
    ...(joinsBots !== source.joins_bots && { joins_bots: joinsBots }),
    ...(noteTakers.join("\n") !== source.note_takers.join("\n") && { note_takers: noteTakers }),
  };
}

function msOf(seconds: string): number {
  return Math.round(Number(seconds) * 1_000);
}
