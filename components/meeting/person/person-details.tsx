"use client";

import { useMemo } from "react";
import { EjectButton } from "#components/desk/acts/eject-button.tsx";
import type { PutAwaySubject } from "#components/meeting/away/put-away.ts";
import { PutAwayButton } from "#components/meeting/away/put-away-button.tsx";
import { PutAwayOf } from "#components/meeting/away/put-away-list.tsx";
import { StateButton } from "#components/people/statements/state-button.tsx";
import { nameOf } from "#components/ui/person-name.tsx";
import { explain } from "#domain/meeting/explanation.ts";
import type { MeetingFacts } from "#domain/meeting/meeting-facts.ts";
import { isOpen, openStaysOf } from "#domain/meeting/open-now.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import { reportsOf } from "#domain/meeting/report.ts";
import { PersonFigures } from "./person-figures.tsx";
import type { PersonShown } from "./person-shown.ts";
import { WhoIsWho } from "./who-is-who.tsx";
import { Why } from "./why.tsx";

/** A person's numbers in this meeting, every interval they are made of with its reports, and their identity. */
export function PersonDetails(shown: PersonShown) {
  const { person, view, facts } = shown;
  const { events, rules } = facts;
  const reports = useMemo(
    () => reportsOf(events, person.participantIds),
    [events, person.participantIds],
  );
  const explanation = useMemo(() => explain(person, reports, rules), [person, reports, rules]);
  return (
    <>
      <PersonFigures person={person} view={view} />
      <Why person={person} explanation={explanation} />
      <PutAwayOf facts={facts} view={view} person={person} />
      {isOpen(person) && (
        <div className="mt-3.5 flex flex-wrap items-center gap-1.5 empty:hidden">
          <PutAwayButton withWords subject={subjectOf(person, facts)} />
          <EjectButton meeting={facts} person={person} />
        </div>
      )}
      <WhoIsWho {...shown} />
      {view.status === "ended" && !person.isNoteTaker && (
        <div className="mt-3.5 empty:hidden">
          <StateButton subject={{ meeting_id: facts.id, participant_id: shown.anchor }} />
        </div>
      )}
    </>
  );
}

function subjectOf(person: PersonView, { id }: MeetingFacts): PutAwaySubject {
  const open = openStaysOf(person);
  return {
    meetingId: id,
    personId: person.id,
    where: open.every(({ where }) => where === "waiting") ? "waiting" : null,
    name: nameOf(person.name),
    notBefore: Math.max(...open.map(({ heardAt }) => heardAt)),
  };
}
