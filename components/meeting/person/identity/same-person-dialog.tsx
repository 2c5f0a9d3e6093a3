"use client";

import { Dialog } from "@base-ui/react/dialog";
import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { X } from "lucide-react";
import { useDeferredValue, useMemo, useState } from "react";
import { Attended } from "#components/meeting/person/person-figures.tsx";
import { statusWord } from "#components/meeting/person-words.ts";
import { nameOf, PersonName } from "#components/ui/person-name.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { counted } from "#components/words/count.ts";
import type { MeetingStory } from "#domain/meeting.ts";
import { foldName } from "#domain/name.ts";
import type { PersonStory } from "#domain/story.ts";
import type { MeetingFacts } from "#domain/wire.ts";
import { Together } from "./together.tsx";

const SHOWN = 30;

interface Choice {
  person: PersonStory;
  story: MeetingStory;
  facts: MeetingFacts;
  onChoose: (other: PersonStory) => void;
}

/** Finds who else in the meeting somebody is, and shows what it would change before it is said. */
export function SamePersonDialog({
  open,
  onClose,
  ...choice
}: Choice & { open: boolean; onClose: () => void }) {
  return (
    <Dialog.Root open={open} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="veil fixed inset-0 z-50 bg-[oklch(15%_0.01_260/0.45)]" />
        <Dialog.Popup className="dialog fixed inset-x-3 top-[7dvh] z-60 mx-auto flex max-h-[86dvh] max-w-md flex-col rounded-2xl border border-line bg-surface shadow-popup outline-none">
          <header className="flex items-center gap-2 px-5 pt-4">
            <Dialog.Title className="min-w-0 flex-1 truncate font-semibold text-[15px] tracking-[-0.01em]">
              Who is the same person as <bdi>{nameOf(choice.person.name)}</bdi>?
            </Dialog.Title>
            <Dialog.Close
              aria-label="Close"
              className="-mr-1.5 rounded-md p-1.5 text-ink-3 hover:bg-sunken hover:text-ink"
            >
              <X aria-hidden className="size-4.5" />
            </Dialog.Close>
          </header>
          <Choose {...choice} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Choose({ person, story, facts, onChoose }: Choice) {
  const [query, setQuery] = useState("");
  const [chosenId, setChosenId] = useState<string | null>(null);
  const asked = useDeferredValue(query);
  const kin = person.isNoteTaker ? story.noteTakers : story.people;
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
        <RadioGroup<string>
          aria-label="People"
          value={chosen?.id ?? ""}
          onValueChange={setChosenId}
          className="mt-2 grid min-h-24 overflow-y-auto px-2.5 pb-2"
        >
          {shown.map((one) => (
            <Radio.Root
              key={one.id}
              value={one.id}
              className="flex cursor-pointer items-baseline gap-3 rounded-lg px-2.5 py-1.5 hover:bg-sunken data-checked:bg-ink/6"
            >
              <PersonName name={one.name} className="min-w-0 flex-1" />
              <span className="num flex-none text-[12.5px] text-ink-2">
                {statusWord(one.status)} · <Attended person={one} />
              </span>
            </Radio.Root>
          ))}
          {found.length > SHOWN && (
            <p className="num px-2.5 py-1.5 text-[12.5px] text-ink-3">
              {counted(found.length - SHOWN, "other", "others")}: search for a name
            </p>
          )}
        </RadioGroup>
      )}
      <footer className="border-line border-t px-5 py-3.5">
        {chosen === null ? (
          <p className="text-[12.5px] text-ink-2">Choose somebody to see what would change.</p>
        ) : (
          <>
            <Together person={person} other={chosen} facts={facts} />
            <button type="button" onClick={() => onChoose(chosen)} className="button mt-3 w-full">
              Put together
            </button>
          </>
        )}
      </footer>
    </>
  );
}

/** Whoever else matches: namesakes first, then in order of appearance. */
function candidates(
  person: PersonStory,
  people: readonly PersonStory[],
  query: string,
): PersonStory[] {
  const wanted = foldName(query);
  const own = foldName(person.name);
  const others = people.filter(({ id, name }) => {
    return id !== person.id && (wanted === null || foldName(nameOf(name))?.includes(wanted));
  });
  const isNamesake = (other: PersonStory) => own !== null && foldName(other.name) === own;
  return others.toSorted((a, b) => Number(isNamesake(b)) - Number(isNamesake(a)));
}
