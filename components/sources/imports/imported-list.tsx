import { Pager } from "#components/lists/pager.tsx";
import { Card } from "#components/ui/card.tsx";
import { May } from "#components/viewer/may.tsx";
import { ClockFormat } from "#components/words/clock-format.ts";
import { counted } from "#components/words/count.ts";
import type { ImportRow, ImportsPage } from "#domain/sources/imports/imports.ts";
import { UndoImport } from "./undo-import.tsx";

/** The imports: by whom and when, and whether they were undone. */
export function ImportedList({ page }: { page: ImportsPage }) {
  const { rows, next, previous, timeZone } = page;
  if (rows.length === 0 && previous === null) return null;
  const face = ClockFormat.in(timeZone);
  return (
    <Card title="Imported files">
      <ul className="divide-y divide-line text-dense">
        {rows.map((row) => (
          <li
            key={row.id}
            className="flex flex-wrap items-start gap-x-4 gap-y-1 px-4 py-2.5 sm:px-4.5"
          >
            <Imported row={row} face={face} />
            {row.undoneAt === null && (
              <May access="deliver" needs="everything">
                <UndoImport row={row} />
              </May>
            )}
          </li>
        ))}
      </ul>
      <Pager previous={previous} next={next} />
    </Card>
  );
}

function Imported({ row, face }: { row: ImportRow; face: ClockFormat }) {
  const { file, source, timeZone, by, at, undoneBy, undoneAt } = row;
  const isOver = undoneAt !== null;
  return (
    <div className="wrap-anywhere min-w-0 flex-1 basis-64">
      <p className={isOver ? "text-ink-2 line-through decoration-ink-3" : "font-strong"}>
        <bdi>{file}</bdi>
      </p>
      <p className="num text-ink-2">
        {source.name}, times in {timeZone} · {countWords(row)}
      </p>
      <p className="num text-ink-3 text-caption">
        {face.calendarDay(at)}, {face.minute(at)}
        {by !== null && (
          <>
            , by <bdi className="text-ink-2">{by}</bdi>
          </>
        )}
        {isOver && (
          <>
            {" "}
            · removed by <bdi className="text-ink-2">{undoneBy}</bdi> on{" "}
            {face.calendarDay(undoneAt)}, {face.minute(undoneAt)}
          </>
        )}
      </p>
    </div>
  );
}

/** `40 lines, 38 of them new, 2 meetings, 21 people` */
function countWords({ lines, added, meetings, people }: ImportRow): string {
  if (lines === null) return "not finished: import it again, or remove it";
  const parts = [
    counted(lines, "line", "lines"),
    added !== null && added < lines ? `${added} of them new` : null,
    meetings === null ? null : counted(meetings, "meeting", "meetings"),
    people === null ? null : counted(people, "person", "people"),
  ];
  return parts.filter((part) => part !== null).join(", ");
}
