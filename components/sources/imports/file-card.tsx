"use client";

import { X } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Link } from "#components/ui/link.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { Pill } from "#components/ui/pill.tsx";
import { ClockFormat } from "#components/words/clock-format.ts";
import { counted, grouped } from "#components/words/count.ts";
import type {
  ImportedMeeting,
  ImportProgress,
  ImportResult,
} from "#domain/sources/imports/imports.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import type { Chosen } from "./chosen-files.ts";
import { FileQuestions } from "./file-questions.tsx";
import { FORMAT_NAMES, otherwiseWords, remarkWords, rowWords } from "./import-words.ts";
import type { OwnSettings } from "./send-file.ts";

/** One chosen file: what it would add, or has added, and which lines could not be read. */
export function FileCard({
  chosen,
  onAnswer,
  onDrop,
}: {
  chosen: Chosen;
  onAnswer: (own: OwnSettings) => void;
  onDrop: () => void;
}) {
  const { file, state } = chosen;
  const isBusy = state.step === "adding";
  return (
    <Card
      title={file.name}
      aside={
        <span className="flex items-center gap-2">
          <Step state={state} />
          {!isBusy && (
            <Button aria-label={`Remove ${file.name} from the list`} onClick={onDrop} look="sign">
              <X aria-hidden className="size-4" />
            </Button>
          )}
        </span>
      }
    >
      <div className="grid gap-3 px-4 py-3.5 sm:px-4.5">
        <Body state={state} onAnswer={onAnswer} />
      </div>
    </Card>
  );
}

function Step({ state }: { state: Chosen["state"] }) {
  switch (state.step) {
    case "looking":
      return <Pill tone="plain">Reading</Pill>;
    case "adding":
      return <Pill tone="plain">Adding</Pill>;
    case "refused":
      return <Pill tone="lost">Not understood</Pill>;
    case "seen":
      return state.result.rows.new > 0 ? (
        <Pill tone="waiting">Not added yet</Pill>
      ) : (
        <Pill tone="plain">Nothing new</Pill>
      );
    case "added":
      return <Pill tone="present">Added</Pill>;
    default:
      return state satisfies never;
  }
}

function Body({
  state,
  onAnswer,
}: {
  state: Chosen["state"];
  onAnswer: (own: OwnSettings) => void;
}) {
  switch (state.step) {
    case "looking":
    case "adding":
      return <Progress progress={state.progress} isAdding={state.step === "adding"} />;
    case "refused":
      return (
        <>
          <p role="alert" className="wrap-anywhere">
            {state.reason}
          </p>
          <FileQuestions details={state.details} onAnswer={onAnswer} />
        </>
      );
    case "seen":
    case "added":
      return <Result result={state.result} />;
    default:
      return state satisfies never;
  }
}

function Progress({ progress, isAdding }: { progress: ImportProgress | null; isAdding: boolean }) {
  const verb = isAdding ? "Adding" : "Reading";
  return (
    <p className="flex items-center gap-3 text-ink-2">
      <progress
        aria-label={`${verb} its lines`}
        max={progress?.of}
        value={progress?.done}
        className="h-1.5 w-40 accent-present"
      />
      <span className="num">
        {progress === null
          ? `${verb} its lines`
          : `${grouped(progress.done)} of ${counted(progress.of, "line", "lines")}`}
      </span>
    </p>
  );
}

const MOST_SHOWN = 8;

function Result({ result }: { result: ImportResult }) {
  const { format, zone, people, meeting_count, meetings, refused, left_out, rows } = result;
  const { notes, read_otherwise } = result;
  const face = ClockFormat.in(zone);
  return (
    <>
      <p>
        <span className="font-strong">{rowWords(result)}</span>
        <span className="num text-ink-2">
          {" "}
          · {FORMAT_NAMES[format]}, {counted(meeting_count, "meeting", "meetings")},{" "}
          {counted(people, "person", "people")}, times in {zone}
        </span>
      </p>
      {meetings.length > 0 && (
        <ul aria-label="Its meetings" className="grid gap-1">
          {meetings.slice(0, MOST_SHOWN).map((meeting) => (
            <Meeting key={`${meeting.room} ${meeting.from}`} meeting={meeting} face={face} />
          ))}
          {meeting_count > MOST_SHOWN && (
            <li className="text-ink-3">and {grouped(meeting_count - MOST_SHOWN)} more</li>
          )}
        </ul>
      )}
      {read_otherwise !== null && (
        <p className="text-waiting-ink">{otherwiseWords(read_otherwise)}</p>
      )}
      {notes.length > 0 && (
        <ul aria-label="How it was read" className="grid gap-1 text-dense text-ink-2">
          {notes.map((note) => (
            <li key={note} className="wrap-anywhere">
              {note}
            </li>
          ))}
        </ul>
      )}
      {result.remarks.length > 0 && (
        <ul aria-label="What was inferred" className="grid gap-1 text-dense text-ink-2">
          {result.remarks
            .map(({ remark }) => remark)
            .filter((remark, index, all) => all.indexOf(remark) === index)
            .map((remark) => (
              <li key={remark}>{remarkWords(remark, result.remark_counts[remark])}</li>
            ))}
        </ul>
      )}
      <Lines
        summary={`${counted(rows.refused, "line", "lines")} could not be read`}
        lines={refused}
        count={rows.refused}
        tone="text-lost-ink"
      />
      <Lines
        summary={`${counted(rows.left_out, "line", "lines")} left out`}
        lines={left_out}
        count={rows.left_out}
        tone="text-ink-2"
      />
    </>
  );
}

/** The lines that were not imported, and why. */
function Lines({
  summary,
  lines,
  count,
  tone,
}: {
  summary: string;
  lines: ImportResult["refused"];
  count: number;
  tone: string;
}) {
  if (lines.length === 0) return null;
  return (
    <details className="text-dense" open={lines.length <= MOST_SHOWN}>
      <summary className={`cursor-pointer ${tone}`}>{summary}</summary>
      <ul className="num mt-1.5 grid gap-1 text-ink-2">
        {lines.map(({ line, reason }) => (
          <li key={line} className="wrap-anywhere">
            Line {grouped(line)}: {reason}
          </li>
        ))}
        {count > lines.length && <li>and {grouped(count - lines.length)} more</li>}
      </ul>
    </details>
  );
}

function Meeting({ meeting, face }: { meeting: ImportedMeeting; face: ClockFormat }) {
  const { id, title, room, from, to, people } = meeting;
  const [begin, end] = [fromWireTime(from), fromWireTime(to)];
  const isSameDay = face.calendarDay(begin) === face.calendarDay(end);
  const name = <PersonName name={title ?? room} className="min-w-0" />;
  return (
    <li className="flex min-w-0 flex-wrap items-baseline gap-x-2">
      {id === null ? (
        <span className="flex min-w-0 font-strong">{name}</span>
      ) : (
        <Link
          href={`/meetings/${id}`}
          className="flex min-w-0 font-strong underline-offset-2 hover:underline"
        >
          {name}
        </Link>
      )}
      <span className="num text-dense text-ink-2">
        {face.calendarDay(begin)}, {face.minute(begin)} –{" "}
        {!isSameDay && `${face.calendarDay(end)}, `}
        {face.minute(end)} · {counted(people, "person", "people")}
      </span>
    </li>
  );
}
