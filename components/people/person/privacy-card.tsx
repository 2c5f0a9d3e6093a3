"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useState } from "react";
import { askApi } from "#components/api/api.ts";
import { useOperator } from "#components/operator/operator.ts";
import { useUnderWay } from "#components/operator/use-under-way.ts";
import { queryKeys } from "#components/sync/query-keys.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { May } from "#components/viewer/may.tsx";
import { counted, grouped } from "#components/words/count.ts";
import type { ErasureUnderWay } from "#domain/privacy/erasure/under-way.ts";
import { EraseDialog } from "./erase-dialog.tsx";

const underWay = async () => (await import("#server/privacy/erasure/schema.ts")).erasureUnderWay;

/** What can be done for a person who asks what is held about them, or for it to go. */
export function PrivacyCard({ id }: { id: string }) {
  return (
    <May access="export">
      <Card title="Privacy" className="mt-4 print:hidden">
        <div className="grid gap-3 px-4 py-3 text-dense sm:px-4.5">
          <p className="max-w-2xl text-ink-2">
            Everything that is held about this person, as one file:{" "}
            <a href={`/api/v1/people/${id}/held?format=html`} download className="underline">
              to be read
            </a>
            , or{" "}
            <a href={`/api/v1/people/${id}/held`} download className="underline">
              as JSON
            </a>
            .
          </p>
          <May access="owner">
            <Erasing id={id} />
          </May>
        </div>
      </Card>
    </May>
  );
}

function Erasing({ id }: { id: string }) {
  const [isOpen, setOpen] = useState(false);
  const { progress: erasure, isOver, begin, error } = useErasure(id);
  return (
    <>
      <p className="max-w-2xl text-ink-2">
        A person can be erased everywhere, for good: names, ids, and what reported them. Their
        meetings stay with all numbers, of an erased person.
      </p>
      {erasure?.state === "stopped" && (
        <p role="alert" className="rounded-lg bg-lost-soft px-3 py-1.5 text-lost-ink">
          Erasing stopped before everything was gone. The server’s log says why. It goes on when the
          server starts again: what is gone stays gone.
        </p>
      )}
      {isOver && <p role="status">The person is erased.</p>}
      {erasure?.state === "running" && (
        <p role="status" className="num text-ink-2">
          {progressWords(erasure)} You may leave this page.
          {error !== null && " The server does not answer at the moment."}
        </p>
      )}
      {erasure === null && !isOver && (
        <div>
          <Button aria-haspopup="dialog" onClick={() => setOpen(true)} hasSign>
            <Trash2 aria-hidden className="size-3.5" />
            Erase this person
          </Button>
        </div>
      )}
      {isOpen && <EraseDialog id={id} onClose={() => setOpen(false)} begin={begin} />}
    </>
  );
}

/** The erasure of a person. At its end the page of all people opens. */
function useErasure(id: string) {
  const router = useRouter();
  const by = useOperator();
  const leave = useCallback(() => router.replace("/people"), [router]);
  const erasing = useUnderWay({
    queryKey: queryKeys.erasure(id),
    ask: async () => (await askApi("/erasure", underWay)).erasure,
    start: async (name: string) => {
      const request = { method: "POST", body: { name, by: by ?? "" } } as const;
      return (await askApi(`/people/${id}/erasure`, underWay, request)).erasure;
    },
    onOver: leave,
  });
  const hasBegun = erasing.progress !== null || erasing.isOver;
  useEffect(() => {
    if (!hasBegun) return undefined;
    // Every page reads again when it is over, and this one has nobody to show then.
    return () => {
      if (window.location.pathname === `/people/${id}`) leave();
    };
  }, [hasBegun, id, leave]);
  return erasing;
}

function progressWords({ done, total }: ErasureUnderWay): string {
  if (done === null || total === null) return "The person is being erased.";
  return `Erasing: ${grouped(done)} of ${counted(total, "meeting", "meetings")}.`;
}
