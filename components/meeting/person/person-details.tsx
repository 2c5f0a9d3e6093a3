"use client";

import { useMemo } from "react";
import { StateButton } from "#components/statement/state-button.tsx";
import { explain } from "#domain/explanation.ts";
import type { MeetingStory } from "#domain/meeting.ts";
import { testimonyOf } from "#domain/report.ts";
import type { PersonStory } from "#domain/story.ts";
import type { MeetingFacts } from "#domain/wire.ts";
import { WhoIsWho } from "./identity/who-is-who.tsx";
import { PersonFigures } from "./person-figures.tsx";
import { Why } from "./why.tsx";

/** Somebody chosen, in their meeting. */
export interface PersonShown {
  person: PersonStory;
  story: MeetingStory;
  facts: MeetingFacts;
  /** The connection by which they stay chosen, whoever they turn out to be. */
  anchor: string;
  /** Holds on to another connection instead. */
  onFollow: (participantId: string) => void;
}

/** A person's numbers in this meeting, every stretch they are made of with who says so, and who they are. */
export function PersonDetails(shown: PersonShown) {
  const { person, story, facts } = shown;
  const { events, rules } = facts;
  const testimony = useMemo(
    () => testimonyOf(events, person.participantIds),
    [events, person.participantIds],
  );
  const explanation = useMemo(() => explain(person, testimony, rules), [person, testimony, rules]);
  return (
    <>
      <PersonFigures person={person} story={story} />
      <Why person={person} explanation={explanation} />
      <WhoIsWho {...shown} />
      {story.status === "ended" && !person.isNoteTaker && (
        <div className="mt-3.5">
          <StateButton subject={{ meeting_id: facts.id, participant_id: shown.anchor }} />
        </div>
      )}
    </>
  );
}
