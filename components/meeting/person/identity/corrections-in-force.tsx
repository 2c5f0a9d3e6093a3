"use client";

import { Undo2 } from "lucide-react";
import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { Button } from "#components/ui/button.tsx";
import { nameOf } from "#components/ui/person-name.tsx";
import { counted } from "#components/words/count.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import type { Act } from "./acts.ts";

const NAMED = 3;

/** The corrections on a person, with operator and time, each with its undo for those who may. */
export function CorrectionsInForce({
  acts,
  people,
  mayUndo,
  underWay,
  onUndo,
}: {
  acts: readonly Act[];
  people: readonly PersonView[];
  mayUndo: boolean;
  underWay: string | null;
  onUndo: (act: Act) => void;
}) {
  const clockFormat = useClockFormat();
  if (acts.length === 0) return null;
  return (
    <ul aria-label="Corrections by hand" className="mt-3 grid gap-2">
      {acts.map((act) => {
        const key = act.rulings[0]?.id ?? "";
        return (
          <li key={key} className="flex items-start gap-2">
            <p className="num wrap-anywhere min-w-0 flex-1 text-ink-2">
              {actWords(act, people)} by <bdi className="font-firm text-ink">{act.by}</bdi> ·{" "}
              {clockFormat.minute(act.at)}
            </p>
            {mayUndo && (
              <Button
                disabled={underWay !== null}
                onClick={() => onUndo(act)}
                look="words"
                className="flex flex-none items-center gap-1 text-ink-2"
              >
                <Undo2 aria-hidden className="size-3" />
                {underWay === `undo ${key}` ? "Saving…" : "Undo"}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function actWords(
  { verdict, participantIds, apartFrom }: Act,
  people: readonly PersonView[],
): string {
  if (verdict === "note_taker" || verdict === "person") {
    const what = verdict === "person" ? "a person" : "a note-taker";
    return `${joined(participantIds, people)} said to be ${what}`;
  }
  if (verdict === "same") {
    return `${joined(participantIds, people)} put together`;
  }
  if (apartFrom.length === 0) {
    return `All ${counted(participantIds.length, "connection", "connections")} kept apart`;
  }
  return `${joined(participantIds, people)} kept apart from ${joined(apartFrom, people)}`;
}

/** The names of connections, each once: `Ada, Ada’s phone and 2 others`. */
function joined(ids: readonly string[], people: readonly PersonView[]): string {
  const wanted = new Set(ids);
  const names = new Set(
    people.flatMap(({ participants }) =>
      participants.filter(({ id }) => wanted.has(id)).map(({ name }) => nameOf(name)),
    ),
  );
  const shown = [...names].slice(0, NAMED);
  const more = names.size - shown.length;
  const [only = "Somebody"] = shown;
  if (names.size <= 1)
    return ids.length > 1 ? `${counted(ids.length, "connection", "connections")} of ${only}` : only;
  if (more > 0) return `${shown.join(", ")} and ${counted(more, "other", "others")}`;
  return `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
