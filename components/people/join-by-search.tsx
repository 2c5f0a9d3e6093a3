"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useState } from "react";
import { askApi } from "#components/api/api.ts";
import { OperatorDialog } from "#components/operator/operator-dialog.tsx";
import { queryKeys } from "#components/sync/query-keys.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogTitle } from "#components/ui/dialog.tsx";
import { ModalClose } from "#components/ui/modal.tsx";
import { nameOf } from "#components/ui/person-name.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { useSettled } from "#components/ui/use-settled.ts";
import { ClockFormat } from "#components/words/clock-format.ts";
import { counted } from "#components/words/count.ts";
import { matchedWords } from "#components/words/matched-words.ts";
import type { Suggested, Suggestion } from "#domain/people/people.ts";
import { JoinDialog } from "./join-dialog.tsx";
import { IdentityLine } from "./known-as.tsx";
import { suggestedIn } from "./person-answer.ts";
import { usePersonCorrections } from "./use-person-corrections.ts";

const people = async () => (await import("#server/people/schema.ts")).people;
const SETTLES_MS = 250;
const SHOWN = 20;

/** Finds another record of this person, among all people of their source or of all sources, and joins the two. */
export function JoinBySearch({ person, timeZone }: { person: Suggested; timeZone: string }) {
  const links = usePersonCorrections();
  const [isOpen, setOpen] = useState(false);
  const [asked, setAsked] = useState<Suggestion | null>(null);
  return (
    <>
      <Button disabled={links.underWay !== null} onClick={() => setOpen(true)}>
        {links.underWay === null ? "Join with…" : "Saving…"}
      </Button>
      {links.error !== null && (
        <p role="alert" className="basis-full text-dense text-lost-ink">
          This was not saved. {links.error.message}
        </p>
      )}
      <Dialog open={isOpen} onClose={() => setOpen(false)} form="list">
        <DialogTitle className="truncate pt-4 pr-12 pl-5">
          Who else is <bdi>{nameOf(person.name)}</bdi>?
        </DialogTitle>
        <Search
          person={person}
          timeZone={timeZone}
          onChoose={(other) => {
            setOpen(false);
            setAsked({ name: nameOf(person.name), one: person, other });
          }}
        />
        {/* Last, so that the search has the focus when the dialog opens. */}
        <ModalClose aria-label="Close" look="sign" className="absolute top-3 right-3.5">
          <X aria-hidden className="size-4.5" />
        </ModalClose>
      </Dialog>
      <JoinDialog
        suggestion={asked}
        onClose={() => setAsked(null)}
        onJoin={({ one, other }) => {
          setAsked(null);
          links.submit({ key: other.id, kind: "join", people: [one.id, other.id] });
        }}
      />
      <OperatorDialog
        open={links.waiting !== null}
        name={links.operator}
        onName={links.sign}
        onClose={links.cancel}
      />
    </>
  );
}

function Search({
  person,
  timeZone,
  onChoose,
}: {
  person: Suggested;
  timeZone: string;
  onChoose: (other: Suggested) => void;
}) {
  const [query, setQuery] = useState("");
  const [isEverywhere, setEverywhere] = useState(false);
  const asked = useSettled(query.trim(), SETTLES_MS);
  const source = isEverywhere ? null : person.source.id;
  const { data, error, isFetching } = useQuery({
    queryKey: queryKeys.people(asked, source),
    queryFn: ({ signal }) => {
      const params = new URLSearchParams({ q: asked, limit: String(SHOWN + 1) });
      if (source !== null) params.set("source", source);
      return askApi(`/people?${params}`, people, { signal });
    },
    enabled: asked !== "",
    placeholderData: keepPreviousData,
  });
  const found = (asked === "" ? [] : (data?.results ?? [])).filter(({ identities }) =>
    identities.every(({ id }) => id !== person.id),
  );
  return (
    <>
      <div className="grid gap-2 px-5 pt-3">
        <SearchField label="Find a person" value={query} onChange={setQuery} />
        <label className="flex items-center gap-2 text-note text-ink-2">
          <input
            type="checkbox"
            checked={isEverywhere}
            onChange={({ target }) => setEverywhere(target.checked)}
          />
          In all sources, not only <bdi>{person.source.name}</bdi>
        </label>
      </div>
      <div className="min-h-32 overflow-y-auto px-2.5 py-2">
        <p role="status" className="px-2.5 py-1 text-dense text-ink-2 empty:hidden">
          {stateOf({ asked, isFetching, isEmpty: found.length === 0, error })}
        </p>
        <ul aria-label="People found">
          {found.slice(0, SHOWN).map((one) => {
            const side = suggestedIn(one);
            return (
              side && (
                <li key={one.id}>
                  <Button
                    onClick={() => onChoose(side)}
                    look="row"
                    className="num w-full rounded-lg px-2.5 py-1.5 text-dense"
                  >
                    <bdi className="font-firm">{nameOf(side.name)}</bdi>
                    <span className="block text-ink-3 text-caption">
                      <IdentityLine identity={side} />
                      {side.knownBy === "name" && "guest · "}
                      {counted(side.meetings, "meeting", "meetings")}, last{" "}
                      {ClockFormat.in(timeZone).calendarDay(side.lastAt)}
                      {one.matched && (
                        <span className="block truncate">{matchedWords(one.matched)}</span>
                      )}
                    </span>
                  </Button>
                </li>
              )
            );
          })}
        </ul>
        {found.length > SHOWN && (
          <p className="px-2.5 py-1 text-note text-ink-3">
            There are more: write more of the name.
          </p>
        )}
      </div>
    </>
  );
}

function stateOf({
  asked,
  isFetching,
  isEmpty,
  error,
}: {
  asked: string;
  isFetching: boolean;
  isEmpty: boolean;
  error: Error | null;
}): string {
  if (asked === "") return "Write a name: also one they had before.";
  if (error !== null) return `The search failed. ${error.message}`;
  if (isFetching) return "Searching…";
  return isEmpty ? `Nobody else is called “${asked}”.` : "";
}
