import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { askApi } from "#components/api/api.ts";
import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { TakeAwayDialog } from "#components/operator/take-away-dialog.tsx";
import type { OpenedSource } from "#components/sources/opened-source.ts";
import { contentsLines } from "#components/sources/parts/contents-lines.ts";
import { useSourceChange } from "#components/sources/use-source.ts";
import { queryKeys } from "#components/sync/query-keys.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { DIALOG_INPUT, Field } from "#components/ui/field.tsx";
import { May } from "#components/viewer/may.tsx";
import { momentOf } from "#components/words/moment.ts";

const contents = async () => (await import("#server/sources/schema.ts")).sourceContents;

/** Pausing a source for a while, and deleting it for good. */
export function EndCard({ source }: { source: OpenedSource }) {
  const [isDeleting, setDeleting] = useState(false);
  return (
    <Card title={source.webhook_path === null ? "Delete" : "Pause and delete"}>
      <div className="grid gap-3 px-4 py-3 text-dense sm:px-4.5">
        {source.webhook_path !== null && <Pause source={source} />}
        <May access="owner">
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="min-w-0 flex-1 text-note text-ink-2">
              Deleting takes everything away that came from it, for good.
            </p>
            <Button aria-haspopup="dialog" onClick={() => setDeleting(true)}>
              Delete…
            </Button>
          </div>
        </May>
      </div>
      {isDeleting && <DeleteSource source={source} onClose={() => setDeleting(false)} />}
    </Card>
  );
}

function Pause({ source: { id, paused_at } }: { source: OpenedSource }) {
  const clockFormat = useClockFormat();
  const { mutate, isPending, error } = useSourceChange(id);
  const isPaused = paused_at !== null;
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 border-line border-b pb-3">
      <p className="num min-w-0 flex-1 text-note text-ink-2">
        {isPaused
          ? `Paused since ${momentOf(paused_at, clockFormat)}: its provider is asked to come again, and nothing is stored.`
          : "While it is paused, its provider is asked to come again later, and nothing is stored. What it gives up on until then is lost."}
        {error !== null && (
          <span role="alert" className="block text-lost-ink">
            {error.message}
          </span>
        )}
      </p>
      <Button
        disabled={isPending}
        onClick={() => mutate({ method: "POST", part: isPaused ? "/resume" : "/pause" })}
      >
        {isPaused ? "Resume" : "Pause"}
      </Button>
    </div>
  );
}

/** Shows what would go, and asks for the name. Then the list of sources is opened, which shows how far it is. */
function DeleteSource({ source, onClose }: { source: OpenedSource; onClose: () => void }) {
  const [name, setName] = useState("");
  const change = useSourceChange(source.id, "/sources");
  const counts = useQuery({
    queryKey: queryKeys.sourceContents(source.id),
    queryFn: () => askApi(`/sources/${encodeURIComponent(source.id)}/contents`, contents),
    gcTime: 0,
  });
  return (
    <TakeAwayDialog
      title={
        <>
          Delete “<bdi>{source.name}</bdi>”?
        </>
      }
      lead="This goes for good, and its webhooks are refused from then on. Other sources stay as they are."
      counts={counts}
      linesFor={contentsLines}
      act={change}
      action="Delete for good"
      underWay="Deleting…"
      isSure={name.trim() === source.name}
      onConfirm={() => change.mutate({ method: "DELETE", body: { name } })}
      onClose={onClose}
    >
      <Field className="mt-3" label={`Its name, to be sure: ${source.name}`}>
        <input
          className={DIALOG_INPUT}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
    </TakeAwayDialog>
  );
}
