"use client";

import { X } from "lucide-react";
import { useDeferredValue, useId, useMemo, useState } from "react";
import { statusWord } from "#components/meeting/parts/person-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogTitle } from "#components/ui/dialog.tsx";
import { ModalClose } from "#components/ui/modal.tsx";
import { nameOf, PersonName } from "#components/ui/person-name.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { counted } from "#components/words/count.ts";
import { foldName } from "#domain/identity/name.ts";
import { finder } from "#domain/identity/search.ts";
import type { MeetingView } from "#domain/meeting/meeting.ts";
import type { MeetingFacts } from "#domain/meeting/meeting-facts.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import { Together } from "./identity/together.tsx";
import { Attended } from "./person-figures.tsx";

const SHOWN = 30;

interface Choice {
  person: PersonView;
  view: MeetingView;
  facts: MeetingFacts;
  onChoose: (other: PersonView) => void;
}

/** Finds another person of the meeting who is the same, and shows what joining them would change before it is sent. */
export function SamePersonDialog({
  open,
  onClose,
  ...choice
}: Choice & { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} form="list">
      <div className="flex items-center gap-2 px-5 pt-4">
        <DialogTitle className="min-w-0 flex-1 truncate">
          Who is the same person as <bdi>{nameOf(choice.person.name)}</bdi>?
        </DialogTitle>
        <ModalClose aria-label="Close" look="sign" className="-mr-1.5">
          <X aria-hidden className="size-4.5" />
        </ModalClose>
      </div>
      <Choose {...choice} />
    </Dialog>
  );
}

function Choose({ person, view, facts, onChoose }: Choice) {
  const name = useId();
  const [query, setQuery] = useState("");
  const [chosenId, setChosenId] = useState<string | null>(null);
  const asked = useDeferredValue(query);
  const kin = person.isNoteTaker ? view.noteTakers : view.people;
  const found = useMemo(() => candidates(person, kin, asked), [person, kin, asked]);
  const shown = found.slice(0, SHOWN);
  const chosen = found.find(({ id }) => id === chosenId) ?? null;
  if (kin.length < 2) {
    const none = person.isNoteTaker ? "No other note-taker" : "Nobody else";
    return <p className="px-5 py-6 text-ink-2">{none} is in this meeting.</p>;
  }
  return (
    <>
      <div className="px-5 pt-3">
        <SearchField label="Find a person" value={query} onChange={setQuery} />
      </div>
      {shown.length === 0 ? (
        <p className="px-5 py-6 text-ink-2">Nobody else’s name matches “{asked}”.</p>
      ) : (
        <div
          role="radiogroup"
          aria-label="People"
          className="mt-2 grid min-h-24 overflow-y-auto px-2.5 pb-2"
        >
          {shown.map((one) => (
            <label
              key={one.id}
              className="relative flex cursor-pointer items-baseline gap-3 rounded-lg px-2.5 py-1.5 hover:bg-sunken has-checked:bg-ink/6 has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:-outline-offset-2"
            >
              <input
                type="radio"
                name={name}
                checked={one.id === chosen?.id}
                onChange={() => setChosenId(one.id)}
                className="absolute inset-0 cursor-pointer appearance-none outline-none"
              />
              <PersonName name={one.name} className="min-w-0 flex-1" />
              <span className="num flex-none text-note text-ink-2">
                {statusWord(one.status)} · <Attended person={one} />
              </span>
            </label>
          ))}
          {found.length > SHOWN && (
            <p className="num px-2.5 py-1.5 text-note text-ink-3">
              {counted(found.length - SHOWN, "other", "others")}: search for a name
            </p>
          )}
        </div>
      )}
      <footer className="border-line border-t px-5 py-3.5">
        {chosen === null ? (
          <p className="text-note text-ink-2">Choose somebody to see what would change.</p>
        ) : (
          <>
            <Together person={person} other={chosen} facts={facts} />
            <Button onClick={() => onChoose(chosen)} className="mt-3 w-full">
              Put together
            </Button>
          </>
        )}
      </footer>
    </>
  );
}

/** The other people who match: namesakes first, then in order of appearance. */
function candidates(
  person: PersonView,
  people: readonly PersonView[],
  query: string,
): PersonView[] {
  const isFound = finder(query);
  const own = foldName(person.name);
  const others = people.filter(({ id, name }) => id !== person.id && isFound(nameOf(name)));
  const isNamesake = (other: PersonView) => own !== null && foldName(other.name) === own;
  return others.toSorted((a, b) => Number(isNamesake(b)) - Number(isNamesake(a)));
}
