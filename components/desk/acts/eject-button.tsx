"use client";

import { useState } from "react";
import { useSignature } from "#components/operator/use-signature.tsx";
import { useNow } from "#components/sync/use-now.ts";
import { Button } from "#components/ui/button.tsx";
import {
  Dialog,
  DialogActions,
  DialogFailure,
  DialogText,
  DialogTitle,
} from "#components/ui/dialog.tsx";
import { nameOf } from "#components/ui/person-name.tsx";
import { useMay } from "#components/viewer/me.tsx";
import type { MeetingFacts } from "#domain/meeting/meeting-facts.ts";
import { openStaysOf } from "#domain/meeting/open-now.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import { useActsOf } from "./acts-provider.tsx";
import { useAct } from "./use-act.ts";

interface Shown {
  meeting: MeetingFacts;
  person: PersonView;
}

/** Removes somebody from a meeting at its provider. They are in until the provider reports that they left. */
export function EjectButton({ meeting, person }: Shown) {
  const { acts, provider } = useActsOf(meeting.source.id);
  const seesNames = useMay("write", "names");
  const inside = openStaysOf(person).filter(({ where }) => where === "present");
  if (!seesNames || inside.length === 0 || !acts.includes("eject")) return null;
  const cameAt = Math.max(...inside.map(({ from }) => from));
  return <Offered meeting={meeting} person={person} provider={provider} cameAt={cameAt} />;
}

/** After so long it is said that the provider should have reported it. */
const SOON_MS: Ms = 30_000;

function Offered({ meeting, person, provider, cameAt }: Shown & { provider: string; cameAt: Ms }) {
  const [isOpen, setOpen] = useState(false);
  const { act, isPending, failure, taken } = useAct({
    ...{ meeting: meeting.id, act: "eject", person: person.id },
  });
  const { sign, asking } = useSignature();
  const now = useNow(5_000);
  const name = nameOf(person.name);
  const takenAt = taken === null ? null : fromWireTime(taken.taken_at);
  // Who came back since was removed, and is in again.
  const waitsSince = takenAt !== null && takenAt > cameAt ? takenAt : null;
  const eject = (by: string) =>
    act(by).then(
      () => setOpen(false),
      () => undefined,
    );
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Remove from the meeting
      </Button>
      {waitsSince !== null && (
        <p role="status" className="w-full text-ink-2 text-note">
          {now - waitsSince < SOON_MS
            ? `${provider} was asked to remove them, and has not reported yet that they left.`
            : `${provider} took it, and has still not reported that they left.`}
        </p>
      )}
      {asking}
      {isOpen && (
        <Dialog open onClose={() => setOpen(false)}>
          <DialogTitle className="wrap-anywhere">Remove {name} from the meeting?</DialogTitle>
          <DialogText>
            {provider} is asked to end their connection. They can come back by the way they came.
          </DialogText>
          {failure !== null && !isPending && <DialogFailure>{failure}</DialogFailure>}
          <DialogActions>
            <Button disabled={isPending} onClick={() => sign((by) => void eject(by))}>
              {isPending ? "Asking" : "Remove them"}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </>
  );
}
