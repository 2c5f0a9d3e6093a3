"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { askApi } from "#components/api/api.ts";
import { useOperator } from "#components/operator/operator.ts";
import { useUnderWay } from "#components/operator/use-under-way.ts";
import { ProgressLine } from "#components/sources/parts/rebuild-note.tsx";
import { queryKeys } from "#components/sync/query-keys.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { useMay } from "#components/viewer/me.tsx";
import { counted, grouped, wholePercent } from "#components/words/count.ts";
import type { Removal } from "#domain/sources/demonstration.ts";
import type { SourceShown } from "#domain/sources/sources.ts";
import { RemoveDialog } from "./remove-dialog.tsx";

const underWay = async () => (await import("#server/demo/schema.ts")).removalUnderWay;

/** The data of the demonstration, and a way to remove all of it for those who may. */
export function DemonstrationCard({
  sources,
  removal: opened,
}: {
  sources: readonly SourceShown[];
  removal: Removal | null;
}) {
  const mayRemove = useMay("manage");
  const [isOpen, setOpen] = useState(false);
  const { progress: removal, isOver, begin, error } = useRemoval(opened);
  const isRunning = removal?.state === "running";
  return (
    <Card title="Demonstration" className="mt-2.5 mb-3.5">
      <div className="grid gap-3 px-4 py-3 text-dense sm:px-4.5">
        <p className="max-w-2xl text-ink-2">
          {counted(sources.length, "source was", "sources were")} made by <code>simulate</code> or{" "}
          <code>seed</code>. Nobody in them is real, but they count in every list and number until
          they are removed.
        </p>
        {removal?.state === "stopped" && (
          <p role="alert" className="rounded-lg bg-lost-soft px-3 py-1.5 text-lost-ink">
            Removing stopped before everything was gone. The server’s log says why. Remove it again
            to go on: what is gone stays gone.
          </p>
        )}
        {isRunning ? <Progress removal={removal} isUnreachable={error !== null} /> : null}
        {isOver ? <p role="status">The demonstration is removed.</p> : null}
        {mayRemove && !isRunning && !isOver && (
          <div>
            <Button aria-haspopup="dialog" onClick={() => setOpen(true)} hasSign>
              <Trash2 aria-hidden className="size-3.5" />
              Remove the demonstration
            </Button>
          </div>
        )}
      </div>
      {isOpen && <RemoveDialog onClose={() => setOpen(false)} begin={begin} />}
    </Card>
  );
}

/** The removal of the demonstration. The page is read again when it is over. */
function useRemoval(opened: Removal | null) {
  const { refresh } = useRouter();
  const by = useOperator();
  return useUnderWay<Removal, void>({
    queryKey: queryKeys.removal,
    opened,
    ask: async () => (await askApi("/demonstration/removal", underWay)).removal,
    start: async () => {
      const request = { method: "DELETE", body: { by: by ?? "" } } as const;
      return (await askApi("/demonstration", underWay, request)).removal;
    },
    onOver: refresh,
  });
}

function Progress({ removal, isUnreachable }: { removal: Removal; isUnreachable: boolean }) {
  const { done, total } = removal;
  return (
    <div className="grid max-w-2xl gap-1.5">
      <ProgressLine label="Removing the demonstration" done={done} total={total}>
        {`${progressWords(removal)} You may leave this page.`}
      </ProgressLine>
      {isUnreachable && (
        <p role="alert" className="text-lost-ink">
          The server does not answer at the moment, so this may be further on.
        </p>
      )}
    </div>
  );
}

function progressWords({ done, total }: Removal): string {
  if (done === null || total === null) return "The demonstration is being removed.";
  const share = wholePercent(done, total) ?? "";
  return `Removing: ${grouped(done)} of ${grouped(total)} webhooks and events${share === "" ? "" : `, ${share}`}.`;
}
