"use client";

import { CircleAlert, LoaderCircle } from "lucide-react";
import { useMemo, useSyncExternalStore } from "react";
import { actsHeard } from "#components/sync/heard.ts";
import { useNow } from "#components/sync/use-now.ts";
import { stateOfAsked } from "#domain/desk/acts/asked-act.ts";
import { isAskedActs } from "#domain/live/asked-acts-reading.ts";
import { askedWords, stateWords } from "./asked-words.ts";

export interface AskedIn {
  meeting: string;
  /** Only what is about somebody with these connections. */
  participantIds?: readonly string[];
  className?: string;
}

/** What somebody asked a provider for in a meeting, until the provider reports it: at whichever screen it was asked. */
export function AskedActs({ meeting, participantIds, className = "" }: AskedIn) {
  const sent = useSyncExternalStore(actsHeard.subscribe, actsHeard.get, () => null);
  const now = useNow(5_000);
  const asked = useMemo(
    () =>
      isAskedActs(sent)
        ? sent.acts.filter(
            (one) =>
              one.meeting_id === meeting &&
              (participantIds === undefined ||
                one.participant_ids.some((id) => participantIds.includes(id))),
          )
        : [],
    [sent, meeting, participantIds],
  );
  const said = asked.flatMap((one) => {
    const state = stateOfAsked(one, now);
    return state === "over" ? [] : [{ one, state }];
  });
  if (said.length === 0) return null;
  return (
    <ul aria-label="Asked of the provider" className={`grid gap-0.5 text-note ${className}`}>
      {said.map(({ one, state }) => (
        <li
          key={one.id}
          role="status"
          className={`flex min-w-0 items-start gap-1.5 ${state === "asked" ? "text-ink-2" : "text-lost-ink"}`}
        >
          {state === "asked" ? (
            <LoaderCircle aria-hidden className="mt-0.75 size-3 flex-none" />
          ) : (
            <CircleAlert aria-hidden className="mt-0.75 size-3 flex-none" />
          )}
          <span className="wrap-anywhere min-w-0">
            <span className="font-firm">{askedWords(one)}</span>; {stateWords(one, state)}
          </span>
        </li>
      ))}
    </ul>
  );
}
