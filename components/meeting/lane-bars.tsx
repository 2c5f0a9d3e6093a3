import { Undo2, X } from "lucide-react";
import { memo } from "react";
import type { PersonView } from "#domain/meeting/person-view.ts";
import {
  type Axis,
  type LaneMark,
  type LanePiece,
  laneOf,
  type PieceKind,
} from "#domain/timeline/timeline.ts";
import { AfterMoment } from "./moment/as-of-line.tsx";

const LOOKS: Record<PieceKind, string> = {
  present: "top-1/2 -mt-1.5 h-3 rounded-[4px] bg-present",
  unknown: "top-1/2 -mt-1.25 h-2.5 rounded-[4px] border border-present border-dashed opacity-70",
  waiting: "stripes top-1/2 -mt-0.75 h-1.5 rounded-xs",
  rejoined: "top-1/2 -mt-px border-present border-t-2 border-dotted",
  host: "top-1/2 mt-1.5 h-1 rounded-xs bg-host",
};

/** The bars and marks of one lane. For the eye: the lane's label has the same in words. */
export const LaneBars = memo(function LaneBars({
  view,
  axis,
  isPast,
  isDim,
}: {
  view: PersonView;
  axis: Axis;
  /** A past moment is shown. */
  isPast: boolean;
  /** The person was not there at that moment. */
  isDim: boolean;
}) {
  const lane = laneOf(view, axis);
  return (
    <span
      aria-hidden
      className={`relative block h-full max-sm:col-span-2 max-sm:row-start-2 ${isDim ? "opacity-40" : ""}`}
    >
      {lane.pieces.map((piece) => (
        <Bar key={`${piece.kind} ${piece.from} ${piece.to}`} piece={piece} />
      ))}
      {lane.marks.map((mark) => (
        <MarkSign key={`${mark.kind} ${mark.at}`} mark={mark} />
      ))}
      {isPast && <AfterMoment />}
    </span>
  );
});

function Bar({ piece }: { piece: LanePiece }) {
  const { kind, left, width, inferred, isOpen } = piece;
  const toNow = width === null ? "to-now rounded-r-none" : "";
  return (
    <span
      className={`bar absolute min-w-0.75 ${LOOKS[kind]} ${toNow} ${edges(kind, inferred, isOpen)}`}
      style={{ left: `${left}%`, ...(width !== null && { width: `${width}%` }) }}
    />
  );
}

function edges(kind: PieceKind, inferred: boolean, isOpen: boolean): string {
  if (kind === "host") return inferred ? "opacity-50" : "";
  if (isOpen) return inferred ? "opens-and-fades" : "opens";
  return inferred ? "fades" : "";
}

function MarkSign({ mark }: { mark: LaneMark }) {
  const Sign = mark.kind === "came_back" ? Undo2 : X;
  const size = mark.kind === "short" ? "size-2.75 opacity-70" : "size-3.25";
  return (
    <Sign
      className={`-translate-y-1/2 absolute top-1/2 ml-px text-lost ${size}`}
      strokeWidth={3}
      style={{ left: `min(${mark.left}%, 100% - 13px)` }}
    />
  );
}
