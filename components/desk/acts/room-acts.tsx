"use client";

import { DoorOpen, LogIn } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { useSignature } from "#components/operator/use-signature.tsx";
import { Button } from "#components/ui/button.tsx";
import { labelRef } from "#components/ui/label-ref.ts";
import { useActsOf } from "./acts-provider.tsx";
import { useAct } from "./use-act.ts";

/** A meeting that goes on. */
export interface RoomToActIn {
  source: string;
  meeting: string;
  name: string;
}

/** Opens a room as its host, or has everybody let in who waits: where its provider can, and a key of it is kept. */
export function RoomActs(room: RoomToActIn) {
  const { acts, provider } = useActsOf(room.source);
  return (
    <>
      {acts.includes("open_as_host") && <OpenAsHost {...room} provider={provider} />}
      {acts.includes("admit_all") && <AdmitAll {...room} provider={provider} />}
    </>
  );
}

type Offered = RoomToActIn & { provider: string };

function OpenAsHost({ meeting, name, provider }: Offered) {
  const { act, isPending, failure } = useAct({ meeting, act: "open_as_host" });
  const { sign, asking } = useSignature();
  const open = async (by: string) => {
    // Only what is opened by the click itself is not taken for a popup.
    const opened = window.open("about:blank", "_blank");
    if (opened !== null) opened.opener = null;
    const done = await act(by).catch(() => null);
    if (done?.url == null) opened?.close();
    else if (opened === null) window.location.assign(done.url);
    else opened.location.replace(done.url);
  };
  return (
    <Shown failure={failure}>
      <ActButton
        call={`Open as host: ${name}`}
        disabled={isPending}
        title={`Opens the room at ${provider} with the rights of a host, for ten minutes and for you alone`}
        onClick={() => sign((by) => void open(by))}
      >
        <LogIn aria-hidden className="size-3" />
        Open as host
      </ActButton>
      {asking}
    </Shown>
  );
}

function AdmitAll({ meeting, name, provider }: Offered) {
  const { act, isPending, failure } = useAct({ meeting, act: "admit_all" });
  const { sign, asking } = useSignature();
  return (
    <Shown failure={failure}>
      <ActButton
        call={`Let everybody in who waits: ${name}`}
        disabled={isPending}
        title={`Asks ${provider} to let in everybody who waits`}
        onClick={() => sign((by) => void act(by).catch(() => undefined))}
      >
        <DoorOpen aria-hidden className="size-3" />
        Let everybody in
      </ActButton>
      {asking}
    </Shown>
  );
}

interface ActButtonProps {
  /** What it is called where its words alone do not say of which room. */
  call: string;
  disabled: boolean;
  title: string;
  onClick: () => void;
  children: ReactNode;
}

function ActButton({ call, ...button }: ActButtonProps) {
  const label = useMemo(() => labelRef("aria-label", () => call), [call]);
  return (
    <Button
      ref={label}
      look="small"
      hasSign
      className="py-0.5! whitespace-nowrap text-note"
      {...button}
    />
  );
}

function Shown({ failure, children }: { failure: string | null; children: ReactNode }) {
  return (
    <span className="inline-flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5 print:hidden">
      {children}
      {failure !== null && (
        <span role="alert" className="wrap-anywhere text-lost-ink text-note">
          {failure}
        </span>
      )}
    </span>
  );
}
