"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { askApi } from "#components/api/api.ts";
import { queryKeys } from "#components/sync/query-keys.ts";
import { Pill, type Tone } from "#components/ui/pill.tsx";
import { ScrollTable } from "#components/ui/scroll-table.tsx";
import { useSettled } from "#components/ui/use-settled.ts";
import { counted } from "#components/words/count.ts";
import type { LineRead, RosterReading } from "#domain/scheduled/reading.ts";
import { ReadingChoices } from "./reading-choices.tsx";
import type { RosterReadingChoice } from "./roster-choices.ts";

const reading = async () => (await import("#server/scheduled/schema.ts")).rosterRead;
const SETTLES_MS = 250;
/** More lines than a reader looks through; those not understood come first. */
const MOST_SHOWN = 300;

/** What is understood of a roster before it is stored: line by line, with what was left out and why. */
export function RosterPreview({
  roster,
  chosen,
  onChoose,
}: {
  roster: string;
  chosen: RosterReadingChoice;
  onChoose: (chosen: RosterReadingChoice) => void;
}) {
  const asked = useSettled(roster, SETTLES_MS);
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: queryKeys.roster(asked, chosen),
    queryFn: ({ signal }) =>
      askApi("/rosters/read", reading, {
        method: "POST",
        body: { roster: asked, reading: chosen },
        signal,
      }),
    enabled: asked.trim() !== "",
    placeholderData: keepPreviousData,
  });
  if (roster.trim() === "") return null;
  if (error !== null) {
    return (
      <p role="alert" className="text-note text-lost-ink">
        It cannot be shown how this is understood: {error.message}
      </p>
    );
  }
  if (data === undefined) return <p className="text-note text-ink-3">Reading…</p>;
  const isStale = isPlaceholderData || asked !== roster;
  return (
    <section
      aria-label="How the list is understood"
      className="grid gap-2.5 rounded-lg border border-line bg-sunken/40 p-3"
    >
      <p role="status" className="num text-note text-ink-2">
        {summaryOf(data)}
      </p>
      <ReadingChoices reading={data} chosen={chosen} onChoose={onChoose} />
      <Lines lines={data.lines} isStale={isStale} />
    </section>
  );
}

function summaryOf({ lines, people_count: people }: RosterReading): string {
  const wrong = lines.filter(({ kind }) => kind === "not_understood").length;
  const out = lines.filter(({ kind }) => kind === "left_out").length;
  return [
    `${counted(people, "person", "people")} understood`,
    ...(wrong > 0 ? [`${counted(wrong, "line", "lines")} not understood`] : []),
    ...(out > 0 ? [`${counted(out, "line", "lines")} left out`] : []),
  ].join(", ");
}

const KINDS: Record<LineRead["kind"], { word: string; tone: Tone } | null> = {
  person: null,
  heading: { word: "heading", tone: "plain" },
  left_out: { word: "left out", tone: "waiting" },
  not_understood: { word: "not understood", tone: "lost" },
};

function Lines({ lines, isStale }: { lines: readonly LineRead[]; isStale: boolean }) {
  const isWrong = ({ kind }: LineRead) => kind === "not_understood";
  const shown = [...lines.filter(isWrong), ...lines.filter((line) => !isWrong(line))];
  return (
    <ScrollTable
      label="Lines, scrollable"
      height="list"
      className="rounded-md border border-line bg-surface"
    >
      <table
        className={`num w-full border-separate border-spacing-0 text-note ${isStale ? "opacity-55" : ""}`}
      >
        <caption className="sr-only">What each line is understood as</caption>
        <thead>
          <tr className="text-left text-ink-2 text-caption">
            {["Line", "Name", "E-mail", "User id"].map((name) => (
              <th
                key={name}
                scope="col"
                className="sticky top-0 border-line border-b bg-surface px-2.5 py-1.5 font-medium"
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.slice(0, MOST_SHOWN).map((line) => (
            <Line key={line.line} line={line} />
          ))}
        </tbody>
      </table>
      {shown.length > MOST_SHOWN && (
        <p className="px-2.5 py-1.5 text-ink-3 text-caption">
          and {counted(shown.length - MOST_SHOWN, "more line", "more lines")}, all understood
        </p>
      )}
    </ScrollTable>
  );
}

function Line({ line: { line, text, kind, people, notes } }: { line: LineRead }) {
  const mark = KINDS[kind];
  const cell = "border-line border-b px-2.5 py-1 align-top wrap-anywhere";
  return (
    <tr>
      <th scope="row" className={`${cell} w-10 text-left font-normal text-ink-3`}>
        {line}
      </th>
      {mark === null ? (
        <>
          <td className={cell}>
            {people.map(({ name, role }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the people of a line have no other key.
              <span key={index} className="block">
                <bdi className="font-firm">{name ?? "–"}</bdi>
                {role === "host" && <span className="text-host-ink text-caption"> host</span>}
              </span>
            ))}
            {notes.length > 0 && (
              <span className="block text-ink-3 text-caption">{notes.join(" · ")}</span>
            )}
          </td>
          <td className={cell}>{people.map(({ email }) => email ?? "–").join(", ")}</td>
          <td className={cell}>{people.map(({ user_id: id }) => id ?? "–").join(", ")}</td>
        </>
      ) : (
        <td colSpan={3} className={cell}>
          <Pill tone={mark.tone}>{mark.word}</Pill> <bdi className="text-ink-2">{text}</bdi>
          <span
            className={`block text-caption ${kind === "not_understood" ? "text-lost-ink" : "text-ink-3"}`}
          >
            {notes.join(" · ")}
          </span>
        </td>
      )}
    </tr>
  );
}
