"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { nameOf } from "#components/ui/person-name.tsx";
import { May } from "#components/viewer/may.tsx";
import { ClockFormat } from "#components/words/clock-format.ts";
import { counted, grouped } from "#components/words/count.ts";
import type { Suggested, Suggestion } from "#domain/people/people.ts";
import { JoinDialog } from "./join-dialog.tsx";
import { IdentityLine } from "./known-as.tsx";
import { PairsFrame } from "./pairs-frame.tsx";
import { usePersonCorrections } from "./use-person-corrections.ts";

interface Shown {
  /** The first of the pairs. */
  pairs: readonly Suggestion[];
  count?: number;
  /** There are more pairs than were counted. */
  isMore?: boolean;
  timeZone: string;
  isOpen?: boolean;
}

/** Pairs that may be one person because of their name, to be confirmed by an operator: others are not asked. */
export function Suggestions(shown: Shown) {
  return (
    <May access="write">
      <Offered {...shown} />
    </May>
  );
}

function Offered({ pairs, count = pairs.length, isMore = false, timeZone, isOpen = false }: Shown) {
  const links = usePersonCorrections();
  const [asked, setAsked] = useState<Suggestion | null>(null);
  if (pairs.length === 0) return null;
  return (
    <>
      <PairsFrame
        isOpen={isOpen}
        links={links}
        title={
          <>
            {isMore && "More than "}
            {counted(count, "pair", "pairs")} of one name may be one person
          </>
        }
        note={
          (isMore || count > pairs.length) && (
            <p className="num mt-2 text-ink-2">
              The first {grouped(pairs.length)} by name are shown; a search shows others.
            </p>
          )
        }
      >
        {pairs.map((suggestion) => {
          const { one, other } = suggestion;
          const key = `${one.id} ${other.id}`;
          return (
            <li
              key={key}
              className="flex flex-wrap items-center gap-x-4 gap-y-1.5 border-line border-t pt-2"
            >
              <Side side={one} timeZone={timeZone} />
              <Side side={other} timeZone={timeZone} />
              <Button
                disabled={links.underWay !== null}
                onClick={() => setAsked(suggestion)}
                aria-label={`Join ${nameOf(suggestion.name)}…`}
              >
                {links.underWay === key ? "Saving…" : "Join…"}
              </Button>
              <Button
                disabled={links.underWay !== null}
                onClick={() => links.submit({ key, kind: "apart", people: [one.id, other.id] })}
                aria-label={`${nameOf(suggestion.name)}: not the same`}
              >
                Not the same
              </Button>
            </li>
          );
        })}
      </PairsFrame>
      <JoinDialog
        suggestion={asked}
        onClose={() => setAsked(null)}
        onJoin={({ one, other }) => {
          setAsked(null);
          links.submit({ key: `${one.id} ${other.id}`, kind: "join", people: [one.id, other.id] });
        }}
      />
    </>
  );
}

function Side({ side, timeZone }: { side: Suggested; timeZone: string }) {
  return (
    <span className="num min-w-0 flex-1 basis-48">
      <Link href={`/people/${side.id}`} className="font-firm hover:underline">
        <bdi>{nameOf(side.name)}</bdi>
      </Link>
      <span className="block text-ink-3 text-caption">
        <IdentityLine identity={side} />
        {side.knownBy === "name" && "guest · "}
        {counted(side.meetings, "meeting", "meetings")}, last{" "}
        {ClockFormat.in(timeZone).calendarDay(side.lastAt)}
      </span>
    </span>
  );
}
