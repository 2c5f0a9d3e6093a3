"use client";

import { Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { useCorrectionButtons } from "#components/meeting/parts/use-correction-buttons.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { formatDuration } from "#components/words/duration.ts";
import type { MeetingView } from "#domain/meeting/meeting.ts";
import type { MeetingCorrection } from "#domain/meeting/meeting-correction.ts";
import type { MeetingFacts } from "#domain/meeting/meeting-facts.ts";
import type { Neighbour } from "./neighbours-in.ts";

/** Where a meeting can be joined with a neighbour or parted, and the corrections that did so. */
export interface OneOrTwoProps {
  facts: MeetingFacts;
  view: MeetingView;
  rulings: readonly MeetingCorrection[];
  /** When no person was in. */
  breaks: readonly { from: number; to: number }[];
  before: Neighbour | null;
  after: Neighbour | null;
}

/** Joins this meeting with the one before or after, or parts it where no person was in, by hand. */
export function OneOrTwoCard({
  facts,
  view,
  rulings: corrections,
  breaks,
  before,
  after,
}: OneOrTwoProps) {
  const clockFormat = useClockFormat();
  const { mayCorrect, say, underWay, failed, dialog } = useCorrectionButtons(facts);
  const { startedAt, endedAt } = view;
  return (
    <Card title="One meeting or two">
      <ul className="num grid gap-2.5 px-4.5 py-3 text-note text-ink-2">
        {corrections.map((correction) => (
          <Line
            key={correction.id}
            act={mayCorrect && (underWay === `undo ${correction.id}` ? "Saving…" : "Undo")}
            isUndo
            disabled={underWay !== null}
            onAct={() =>
              say({ key: `undo ${correction.id}`, kind: "undo", rulings: [correction.id] })
            }
          >
            {correctionWords(correction, clockFormat)} by{" "}
            <bdi className="font-firm text-ink">{correction.by}</bdi> ·{" "}
            {clockFormat.minute(correction.ruledAt)}
          </Line>
        ))}
        {[before, after].map((other) =>
          other === null ? null : (
            <Line
              key={other.id}
              act={underWay === other.id ? "Saving…" : "Join"}
              disabled={underWay !== null}
              onAct={() => {
                const verdicts = [{ verdict: "joined" as const, other: other.id }];
                say({ key: other.id, kind: "say", verdicts });
              }}
            >
              {other === before ? "Before" : "After"}: {times(other, clockFormat)}
              {apartWords(other, startedAt, endedAt)}
            </Line>
          ),
        )}
        {breaks.map(({ from, to }) => (
          <Line
            key={from}
            act={underWay === `part ${from}` ? "Saving…" : "Split here"}
            disabled={underWay !== null}
            onAct={() => {
              const verdicts = [{ verdict: "parted" as const, at: from }];
              say({ key: `part ${from}`, kind: "say", verdicts });
            }}
          >
            Nobody was in from {clockFormat.second(from)} for {formatDuration(to - from)}
          </Line>
        ))}
      </ul>
      {failed}
      {dialog}
    </Card>
  );
}

function Line({
  act,
  isUndo = false,
  disabled,
  onAct,
  children,
}: {
  /** What it does; `false` where that is not offered. */
  act: string | false;
  isUndo?: boolean;
  disabled: boolean;
  onAct: () => void;
  children: ReactNode;
}) {
  return (
    <li className="flex items-start gap-2">
      <p className="wrap-anywhere min-w-0 flex-1">{children}</p>
      {act !== false && (
        <Button
          disabled={disabled}
          onClick={onAct}
          look="words"
          className="flex flex-none items-center gap-1"
        >
          {isUndo && <Undo2 aria-hidden className="size-3" />}
          {act}
        </Button>
      )}
    </li>
  );
}

function correctionWords(
  { verdict, from, at }: MeetingCorrection,
  clockFormat: ClockFormat,
): string {
  if (verdict === "parted") return `Split from what came before ${clockFormat.minute(at)}`;
  return `Joined over the break from ${clockFormat.minute(from)} to ${clockFormat.after(from).minute(at)}`;
}

function times({ from, to }: Neighbour, clockFormat: ClockFormat): string {
  return `${clockFormat.minute(from)} – ${to === null ? "now" : clockFormat.after(from).minute(to)}`;
}

/** `, 3:00 apart`; nothing where they touch. */
function apartWords(
  { from, to }: Neighbour,
  startedAt: number | null,
  endedAt: number | null,
): string {
  if (startedAt === null) return "";
  const ms = from > startedAt ? from - (endedAt ?? from) : startedAt - (to ?? startedAt);
  return ms > 0 ? `, ${formatDuration(ms)} apart` : "";
}
