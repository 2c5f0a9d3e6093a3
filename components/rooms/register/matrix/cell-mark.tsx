import type { CellState, RegisterCell } from "#domain/rooms/register/cell.ts";
import type { RegisterColumn } from "#domain/rooms/register/register.ts";
import { absenceMark, absenceWords, cellText, STATE_WORDS } from "./cell-words.ts";

const MARK =
  "inline-flex h-5.75 w-8.5 items-center justify-center rounded-[5px] font-strong text-mark leading-none [print-color-adjust:exact]";

/** Cut off by a bar, which is visible without colour too. */
const CUT = "border-late text-waiting-ink";

/** A mark is cut off and coloured at the beginning for late, at the end for early. */
const MARKS: Record<CellState, string> = {
  present: "bg-present-soft text-present-ink forced-colors:border",
  late: `${CUT} border-l-4 rounded-l-none bg-[linear-gradient(90deg,var(--color-waiting-soft)_38%,var(--color-present-soft)_38%)]`,
  left_early: `${CUT} border-r-4 rounded-r-none bg-[linear-gradient(90deg,var(--color-present-soft)_62%,var(--color-waiting-soft)_62%)]`,
  late_and_left_early: `${CUT} border-x-4 rounded-none bg-waiting-soft`,
  brief: "border border-present border-dashed text-ink-2",
  waiting: "bg-waiting-soft text-waiting-ink",
  not_admitted: "bg-lost-soft text-lost-ink",
};

/** Without a box: an absence must not look like an attendance. */
const ABSENT = "text-ink-3";
const UNKNOWN = "bg-sunken text-ink-3";

/** One person in one meeting: their attendance by shape, colour and number. */
export function CellMark({
  cell,
  meeting,
  isHost,
}: {
  cell: RegisterCell | null;
  meeting: Pick<RegisterColumn, "erased" | "status" | "leftOut">;
  isHost: boolean;
}) {
  if (cell === null) {
    return (
      <span className={`${MARK} ${meeting.erased ? UNKNOWN : ABSENT}`}>
        <span aria-hidden>{absenceMark(meeting)}</span>
        <span className="sr-only">{absenceWords(meeting, isHost)}</span>
      </span>
    );
  }
  const underline = cell.sureness.inferred ? "underline decoration-dotted underline-offset-2" : "";
  return (
    <span className={`${MARK} ${MARKS[cell.state]} ${underline}`}>
      {cellText(cell)}
      <span className="sr-only">
        {cell.firstJoinedAt === null ? "" : " minutes, "}
        {STATE_WORDS[cell.state]}
        {cell.sureness.inferred ? ", inferred" : ""}
      </span>
    </span>
  );
}

const KEY: readonly CellState[] = ["present", "late", "left_early", "brief", "not_admitted"];

/** The legend of the marks. */
export function CellKey({ hasErased }: { hasErased: boolean }) {
  const small = "h-3.5! w-6! text-micro!";
  return (
    <ul className="flex flex-wrap gap-x-3.5 gap-y-1 text-ink-2 text-caption">
      {KEY.map((state) => (
        <li key={state} className="flex items-center gap-1.5">
          <span aria-hidden className={`${MARK} ${small} ${MARKS[state]}`}>
            {state === "not_admitted" ? "×" : ""}
          </span>
          {state === "present" ? "present, minutes" : STATE_WORDS[state]}
        </li>
      ))}
      <li className="flex items-center gap-1.5">
        <span aria-hidden className={`${MARK} ${small} ${ABSENT}`}>
          –
        </span>
        absent
      </li>
      {hasErased && (
        <li className="flex items-center gap-1.5">
          <span aria-hidden className={`${MARK} ${small} ${UNKNOWN}`}>
            ?
          </span>
          people erased
        </li>
      )}
    </ul>
  );
}
