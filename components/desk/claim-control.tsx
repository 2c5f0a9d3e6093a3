"use client";

import { Hand, X } from "lucide-react";
import { useMemo } from "react";
import { useSignature } from "#components/operator/use-signature.tsx";
import { useClock } from "#components/sync/use-now.ts";
import { Button } from "#components/ui/button.tsx";
import { labelRef } from "#components/ui/label-ref.ts";
import { nameOf } from "#components/ui/person-name.tsx";
import { Pill } from "#components/ui/pill.tsx";
import { useMay } from "#components/viewer/me.tsx";
import { fromWireTime } from "#domain/time/wire-time.ts";
import type { WireClaim } from "#domain/waits/handling-wire.ts";
import { useDesk } from "./use-desk.ts";

/** A wait that can be looked after. */
export interface ClaimedWait extends Pick<WireClaim, "claimed_by" | "claim_lapses_at"> {
  id: string;
  name: string | null;
}

/** Who looks after a wait, or the offer to do so. `onDone` is for what nothing is pushed to. */
export function ClaimControl({ wait, onDone }: { wait: ClaimedWait; onDone?: () => void }) {
  const mayWrite = useMay("write");
  const { claimed_by: owner, claim_lapses_at: lapsesAt } = wait;
  const holds = useClock((now) => lapsesAt !== null && now < fromWireTime(lapsesAt));
  if (owner === null || !holds) {
    return mayWrite ? <Offer wait={wait} {...(onDone && { onDone })} /> : null;
  }
  return <Owner wait={wait} owner={owner} mayWrite={mayWrite} {...(onDone && { onDone })} />;
}

function Offer({ wait, onDone }: { wait: ClaimedWait; onDone?: () => void }) {
  const { act, isPending, failure } = useDesk(wait.id, onDone);
  const { sign, asking } = useSignature();
  const name = nameOf(wait.name);
  const call = useMemo(() => labelRef("aria-label", () => `I take it: ${name}`), [name]);
  return (
    <span className="relative inline-flex flex-col items-end gap-0.5">
      <Button
        ref={call}
        look="small"
        hasSign
        className="bg-surface py-0.5! whitespace-nowrap text-note"
        disabled={isPending}
        onClick={() => sign((by) => act({ kind: "claim" }, by))}
      >
        <Hand aria-hidden className="size-3" />I take it
      </Button>
      <Failure>{failure}</Failure>
      {asking}
    </span>
  );
}

function Owner({
  wait,
  owner,
  mayWrite,
  onDone,
}: {
  wait: ClaimedWait;
  owner: string;
  mayWrite: boolean;
  onDone?: () => void;
}) {
  const { act, isPending, failure, operator } = useDesk(wait.id, onDone);
  const isOwn = owner === operator;
  const name = nameOf(wait.name);
  const call = useMemo(() => labelRef("aria-label", () => `Give up the wait of ${name}`), [name]);
  return (
    <span className="relative inline-flex min-w-0 flex-col items-end gap-0.5">
      <Pill tone={isOwn ? "present" : "host"} className="min-w-0">
        <Hand aria-hidden className="size-3 flex-none" />
        <span className="min-w-0 whitespace-normal wrap-anywhere text-left">
          {isOwn ? "You have it" : <bdi>{owner}</bdi>}
          {!isOwn && <span className="sr-only"> has it</span>}
        </span>
        {isOwn && mayWrite && (
          <Button
            ref={call}
            look="close"
            className="-my-1 -mr-1.5 text-inherit!"
            disabled={isPending}
            title="Give it up"
            onClick={() => act({ kind: "release" })}
          >
            <X aria-hidden className="size-3" />
          </Button>
        )}
      </Pill>
      <Failure>{failure}</Failure>
    </span>
  );
}

function Failure({ children }: { children: string | null }) {
  if (children === null) return null;
  return (
    <span role="alert" className="max-w-56 text-right text-caption text-lost-ink">
      {children}
    </span>
  );
}
