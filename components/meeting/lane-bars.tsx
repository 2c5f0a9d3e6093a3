import { Undo2, X } from "lucide-react";
import type { Lane, Mark, Piece, PieceKind } from "#domain/timeline.ts";

const LOOKS: Record<PieceKind, string> = {
  present: "top-1/2 -mt-1.5 h-3 rounded-[4px] bg-present",
  waiting: "stripes top-1/2 -mt-0.75 h-1.5 rounded-xs",
  rejoined: "top-1/2 -mt-px border-present border-t-2 border-dotted",
  host: "top-1/2 mt-1.5 h-1 rounded-xs bg-host",
};

/** The bars and marks of one lane. What they say is said by the lane's label. */
export function LaneBars({ lane }: { lane: Lane }) {
  return (
    <span aria-hidden className="relative block h-full max-sm:col-span-2 max-sm:row-start-2">
      {lane.pieces.map((piece) => (
        <Bar key={`${piece.kind} ${piece.from}`} piece={piece} />
      ))}
      {lane.marks.map((mark) => (
        <MarkSign key={`${mark.kind} ${mark.at}`} mark={mark} />
      ))}
    </span>
  );
}

function Bar({ piece }: { piece: Piece }) {
  const { kind, left, width, inferred } = piece;
  const open = width === null ? "to-now rounded-r-none" : "";
  return (
    <span
      className={`bar absolute min-w-0.75 ${LOOKS[kind]} ${open} ${inferred ? (kind === "host" ? "opacity-50" : "fades") : ""}`}
      style={{ left: `${left}%`, ...(width !== null && { width: `${width}%` }) }}
    />
  );
}

function MarkSign({ mark }: { mark: Mark }) {
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
