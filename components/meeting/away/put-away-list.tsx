"use client";

import { Undo2 } from "lucide-react";
import { useMemo } from "react";
import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { useCorrectionButtons } from "#components/meeting/parts/use-correction-buttons.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { nameOf } from "#components/ui/person-name.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { counted } from "#components/words/count.ts";
import { toEvent } from "#domain/event/recorded.ts";
import { isOvertaken } from "#domain/meeting/by-hand.ts";
import type { MeetingView } from "#domain/meeting/meeting.ts";
import type { MeetingFacts } from "#domain/meeting/meeting-facts.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import {
  type PresenceCorrectionEntry,
  presenceCorrectionsIn,
} from "#domain/participant/put-away.ts";
import { isPutAwayCorrection } from "./put-away.ts";

const NAMED = 3;

interface Shown {
  facts: MeetingFacts;
  view: MeetingView;
  /** Only corrections of this person; without it, of all people. */
  person?: PersonView;
}

/** The people whom operators put away, each correction with its undo; renders nothing where there is none. */
export function PutAwayCard(shown: Shown) {
  const corrections = usePutAways(shown);
  if (corrections.length === 0) return null;
  return (
    <Card title="Put away by hand">
      <div className="px-4.5 py-3">
        <PutAwayList {...shown} corrections={corrections} />
      </div>
    </Card>
  );
}

/** The same for one person, in their panel. */
export function PutAwayOf(shown: Shown & { person: PersonView }) {
  const corrections = usePutAways(shown);
  if (corrections.length === 0) return null;
  return (
    <div className="mt-3.5">
      <PutAwayList {...shown} corrections={corrections} />
    </div>
  );
}

function usePutAways({ facts, person }: Shown): PresenceCorrectionEntry[] {
  const { events } = facts;
  const all = useMemo(
    () => presenceCorrectionsIn(events.filter(isPutAwayCorrection).map(toEvent)),
    [events],
  );
  if (person === undefined) return all;
  const isOf = ({ participantIds }: PresenceCorrectionEntry) =>
    participantIds.some((id) => person.participantIds.includes(id));
  return all.filter(isOf);
}

function PutAwayList({
  facts,
  view,
  corrections,
}: Shown & { corrections: readonly PresenceCorrectionEntry[] }) {
  const clockFormat = useClockFormat();
  const { mayCorrect, say, underWay, failed, dialog } = useCorrectionButtons(facts);
  return (
    <>
      <ul aria-label="Put away by hand" className="num grid gap-2.5 text-note text-ink-2">
        {corrections.map((correction) => (
          <li key={correction.id} className="flex items-start gap-2">
            <p className="wrap-anywhere min-w-0 flex-1">
              {whoWords(correction, view)} {sinceWords(correction, clockFormat)}, said by{" "}
              <bdi className="font-firm text-ink">{correction.by}</bdi> ·{" "}
              {clockFormat.minute(correction.ruledAt)}
              {isOvertaken(correction, view) && (
                <span className="block text-ink-3">
                  overtaken: the provider reported something since
                </span>
              )}
            </p>
            {mayCorrect && (
              <Button
                disabled={underWay !== null}
                onClick={() =>
                  say({ key: `undo ${correction.id}`, kind: "undo", rulings: [correction.id] })
                }
                look="words"
                className="flex flex-none items-center gap-1"
              >
                <Undo2 aria-hidden className="size-3" />
                {underWay === `undo ${correction.id}` ? "Saving…" : "Undo"}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {failed}
      {dialog}
    </>
  );
}

function sinceWords({ since, exact }: PresenceCorrectionEntry, clockFormat: ClockFormat): string {
  return exact
    ? `left at ${clockFormat.minute(since)}`
    : `not here any more by ${clockFormat.minute(since)}`;
}

/** `Ada, Bo and 2 others`, or `The bot` where only the bot was put away. */
function whoWords(
  { participantIds }: PresenceCorrectionEntry,
  { people, noteTakers }: MeetingView,
): string {
  const ids = new Set(participantIds);
  const named = [...people, ...noteTakers]
    .filter((person) => person.participantIds.some((id) => ids.has(id)))
    .map(({ name }) => nameOf(name));
  if (named.length === 0) return "The bot";
  const shown = named.slice(0, NAMED);
  const more = named.length - shown.length;
  if (more > 0) return `${shown.join(", ")} and ${counted(more, "other", "others")}`;
  return shown.length === 1
    ? `${shown[0]}`
    : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
