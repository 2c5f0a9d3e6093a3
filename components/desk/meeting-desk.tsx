"use client";

import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import { Card } from "#components/ui/card.tsx";
import { counted } from "#components/words/count.ts";
import { useLooking } from "./looked.ts";
import { LostPerson } from "./lost-card.tsx";
import { useDeskSnapshot } from "./use-desk-snapshot.ts";
import { WaitingPerson } from "./waiting-person.tsx";

/** What the board has of one meeting: who waits for it, who looks after them, and who left and is to be followed up. */
export function MeetingDesk({ meeting }: { meeting: string }) {
  const desk = useDeskSnapshot(null);
  const face = useTodaysClockFormat();
  useLooking();
  const line = desk?.lines.find((one) => one.meeting?.id === meeting);
  const waiting = line?.waiting ?? [];
  const lost = desk?.lost.filter((one) => one.meeting_id === meeting) ?? [];
  if (waiting.length + lost.length === 0) return null;
  return (
    <Card
      title="At the desk"
      note={waiting.length > 0 ? counted(waiting.length, "waits", "wait") : undefined}
    >
      {line !== undefined && waiting.length > 0 && (
        <ul aria-label="Waiting now" className="grid gap-1.5 p-2.5">
          {waiting.map((person) => (
            <WaitingPerson key={person.id} person={person} line={line} />
          ))}
        </ul>
      )}
      {lost.length > 0 && (
        <ul aria-label="To follow up" className="divide-y divide-line">
          {lost.map((wait) => (
            <LostPerson key={wait.id} wait={wait} face={face} />
          ))}
        </ul>
      )}
    </Card>
  );
}
