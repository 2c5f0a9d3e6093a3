"use client";

import { useMemo, useState } from "react";
import {
  type CorrectionRequest,
  useCorrections,
} from "#components/meeting/parts/use-corrections.ts";
import { setOperator, useOperator } from "#components/operator/operator.ts";
import { OperatorDialog } from "#components/operator/operator-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { useMay, useMe } from "#components/viewer/me.tsx";
import { type Recorded, toEvent } from "#domain/event/recorded.ts";
import { identityCorrectionsIn } from "#domain/identity/identity-correction.ts";
import {
  asAllDifferent,
  asDifferentFrom,
  asKind,
  asSamePerson,
} from "#domain/meeting/identity-correction-input.ts";
import { actsOf } from "./identity/acts.ts";
import { Connections } from "./identity/connections.tsx";
import { CorrectionsInForce } from "./identity/corrections-in-force.tsx";
import type { PersonShown } from "./person-shown.ts";
import { SamePersonDialog } from "./same-person-dialog.tsx";

/** How a person's connections were joined, and the corrections on it, which are entered and undone here. */
export function WhoIsWho({ person, view, facts, anchor, onFollow }: PersonShown) {
  const mayCorrect = useMay("write");
  const isSignedIn = useMe().id !== null;
  const operator = useOperator();
  const { rule, error, last, underWay } = useCorrections(facts);
  const [asked, setAsked] = useState<CorrectionRequest | "name" | null>(null);
  const [isChoosing, setChoosing] = useState(false);
  const corrections = useMemo(() => inForce(facts.events), [facts.events]);
  const acts = useMemo(() => actsOf(corrections, person.participantIds), [corrections, person]);
  const say = (correction: CorrectionRequest) => {
    if (operator === null) setAsked(correction);
    else rule({ correction, by: operator });
  };
  const name = (by: string) => {
    setOperator(by);
    setAsked(null);
    if (asked !== null && asked !== "name") rule({ correction: asked, by });
  };
  const [same, kind, kindWords] = person.isNoteTaker
    ? (["Same note-taker as…", "person", "This is a person"] as const)
    : (["Same person as…", "note_taker", "This is a note-taker"] as const);
  const partFrom = (id: string) => {
    const others = person.participantIds.filter((other) => other !== id);
    // The person on the screen stays, and the other connection goes.
    if (id === anchor && others[0] !== undefined) onFollow(others[0]);
    say({ key: `not ${id}`, kind: "say", verdicts: asDifferentFrom(id, others) });
  };
  const isAnythingSaid = acts.length > 0 || person.participants.length > 1;
  if (!mayCorrect && !isAnythingSaid) return null;
  return (
    <section aria-label="Who is who" className="mt-4 border-line border-t pt-3.5 text-note">
      {person.participants.length > 1 && (
        <Connections
          person={person}
          mayPart={mayCorrect}
          underWay={underWay}
          onPart={partFrom}
          onPartAll={() => {
            const verdicts = asAllDifferent(person.participantIds);
            say({ key: "nobody", kind: "say", verdicts });
          }}
        />
      )}
      {mayCorrect && (
        <div className="flex flex-wrap gap-2">
          <Button disabled={underWay !== null} onClick={() => setChoosing(true)}>
            {underWay === "same" ? "Saving…" : same}
          </Button>
          <Button
            disabled={underWay !== null}
            onClick={() => say({ key: kind, kind: "say", verdicts: asKind(person, kind) })}
          >
            {underWay === kind ? "Saving…" : kindWords}
          </Button>
        </div>
      )}
      <CorrectionsInForce
        acts={acts}
        mayUndo={mayCorrect}
        people={[...view.people, ...view.noteTakers]}
        underWay={underWay}
        onUndo={({ rulings: own }) => {
          const ids = own.map(({ id }) => id);
          say({ key: `undo ${ids[0]}`, kind: "undo", rulings: ids });
        }}
      />
      {error !== null && last !== null && underWay === null && (
        <p role="alert" className="mt-2.5 text-lost-ink">
          This was not saved. {error.message}{" "}
          <Button onClick={() => rule(last)} look="within">
            Try again
          </Button>
        </p>
      )}
      <p role="status" className="sr-only">
        {underWay === null ? "" : "Saving…"}
      </p>
      {operator !== null && !isSignedIn && (
        <p className="mt-2.5 text-ink-3">
          Signed as <bdi className="text-ink-2">{operator}</bdi>
          {" · "}
          <Button onClick={() => setAsked("name")} look="link">
            Change
          </Button>
        </p>
      )}
      <OperatorDialog
        open={asked !== null}
        name={operator}
        onName={name}
        onClose={() => setAsked(null)}
      />
      <SamePersonDialog
        open={isChoosing}
        person={person}
        view={view}
        facts={facts}
        onClose={() => setChoosing(false)}
        onChoose={(other) => {
          setChoosing(false);
          say({ key: "same", kind: "say", verdicts: [asSamePerson([person, other])] });
        }}
      />
    </section>
  );
}

function inForce(records: readonly Recorded[]) {
  return identityCorrectionsIn(
    records.filter(({ type }) => type === "identity_ruled").map(toEvent),
  );
}
