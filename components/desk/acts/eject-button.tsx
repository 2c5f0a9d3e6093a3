"use client";

import { useState } from "react";
import { useSignature } from "#components/operator/use-signature.tsx";
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
import { useActsOf } from "./acts-provider.tsx";
import { AskedActsLater } from "./asked-acts-later.tsx";
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
  return <Offered meeting={meeting} person={person} provider={provider} />;
}

function Offered({ meeting, person, provider }: Shown & { provider: string }) {
  const [isOpen, setOpen] = useState(false);
  const { act, isPending, failure } = useAct({
    ...{ meeting: meeting.id, act: "eject", person: person.id },
  });
  const { sign, asking } = useSignature();
  const name = nameOf(person.name);
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
      <AskedActsLater
        meeting={meeting.id}
        participantIds={person.participantIds}
        className="w-full"
      />
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
