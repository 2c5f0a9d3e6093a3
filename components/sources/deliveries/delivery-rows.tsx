import { Repeat2 } from "lucide-react";
import { memo, type Ref } from "react";
import { InfoTip } from "#components/ui/info-tip.tsx";
import { Link } from "#components/ui/link.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { Pill } from "#components/ui/pill.tsx";
import { SCROLLED_HEAD, SCROLLED_TABLE, ScrollTable } from "#components/ui/scroll-table.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { counted, grouped } from "#components/words/count.ts";
import type { DeliverySummary } from "#domain/event/delivery.ts";
import { delaysOf, shortDelay } from "#domain/sources/deliveries/delays.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import { resultOf } from "./result-words.ts";

const CELL = "border-line border-b px-3 py-1.5 align-top group-last:border-b-0";
const HEAD = `${SCROLLED_HEAD} z-10 px-3 text-left whitespace-nowrap`;

/** The deliveries of a page; `chosen` are selected, to be projected again. */
export function DeliveryRows({
  rows,
  face,
  chosen,
  onChoose,
  isPending,
  ref,
}: {
  rows: readonly DeliverySummary[];
  face: ClockFormat;
  chosen: ReadonlySet<string>;
  onChoose: (ids: readonly string[], isChosen: boolean) => void;
  isPending: boolean;
  ref: Ref<HTMLElement>;
}) {
  const isAll = rows.length > 0 && rows.every(({ id }) => chosen.has(id));
  return (
    <ScrollTable label="Deliveries, scrollable" height="page" ref={ref}>
      <table className={SCROLLED_TABLE}>
        <caption className="sr-only">Deliveries, newest first</caption>
        <thead>
          <tr>
            <th scope="col" className={`${HEAD} w-8 pr-0! pl-4 sm:pl-4.5`}>
              <input
                type="checkbox"
                aria-label="Choose every delivery of this page"
                checked={isAll}
                onChange={({ target }) =>
                  onChoose(
                    rows.map(({ id }) => id),
                    target.checked,
                  )
                }
              />
            </th>
            <th scope="col" className={HEAD}>
              Came
            </th>
            <th scope="col" className={HEAD}>
              Result
            </th>
            <th scope="col" className={HEAD}>
              Type
            </th>
            <th scope="col" className={HEAD}>
              Meeting
            </th>
            <th scope="col" className={HEAD}>
              Person
            </th>
            <DelayHead title="Under way">
              From the moment of its first event, by the provider’s own clock, until it came, by
              ours. Negative where our clock is behind.
            </DelayHead>
            <DelayHead title="To kept">
              From when it came until it was on its way to the database with its batch; the provider
              is answered after the commit.
            </DelayHead>
            <DelayHead title="To projected">
              From when it came until a projector took it up. Remembered for the month in which it
              came and the one after.
            </DelayHead>
            <th scope="col" className={`${HEAD} pr-4.5`}>
              Source
            </th>
          </tr>
        </thead>
        <tbody className={isPending ? "opacity-55" : undefined}>
          {rows.map((row) => (
            <Row
              key={row.id}
              row={row}
              face={face}
              isChosen={chosen.has(row.id)}
              onChoose={onChoose}
            />
          ))}
        </tbody>
      </table>
    </ScrollTable>
  );
}

function DelayHead({ title, children }: { title: string; children: string }) {
  return (
    <th scope="col" className={HEAD}>
      <span className="flex items-center justify-end gap-1.5">
        {title}
        <InfoTip about={title}>{children}</InfoTip>
      </span>
    </th>
  );
}

const Row = memo(function Row({
  row,
  face,
  isChosen,
  onChoose,
}: {
  row: DeliverySummary;
  face: ClockFormat;
  isChosen: boolean;
  onChoose: (ids: readonly string[], isChosen: boolean) => void;
}) {
  const { id, type, source, repeats, events } = row;
  const at = fromWireTime(row.received_at);
  const { word, tone, why } = resultOf(row);
  const delays = delaysOf(row);
  return (
    <tr className={`group hover:bg-sunken ${isChosen ? "bg-sunken" : ""}`}>
      <td className={`${CELL} w-8 pr-0! pl-4 sm:pl-4.5`}>
        <input
          type="checkbox"
          aria-label={`Choose the delivery of ${face.second(at)}`}
          checked={isChosen}
          onChange={({ target }) => onChoose([id], target.checked)}
        />
      </td>
      <th scope="row" className={`${CELL} whitespace-nowrap text-left font-normal`}>
        <Link href={`/deliveries/${id}`} className="hover:underline">
          <time dateTime={row.received_at}>{face.millisecond(at)}</time>
        </Link>
      </th>
      <td className={`${CELL} min-w-32 max-w-72`}>
        <span className="flex flex-wrap items-center gap-1.5">
          <Pill tone={tone}>{word}</Pill>
          {repeats > 0 && (
            <span
              className="flex items-center gap-0.5 text-caption text-ink-3"
              title={`Came again ${counted(repeats, "time", "times")}`}
            >
              <Repeat2 aria-hidden className="size-3" />
              <span aria-hidden>{grouped(repeats + 1)}×</span>
              <span className="sr-only">came {counted(repeats + 1, "time", "times")}</span>
            </span>
          )}
        </span>
        {why !== null && <span className="wrap-anywhere block text-caption text-ink-3">{why}</span>}
      </td>
      <td className={`${CELL} max-w-60 truncate`} title={type ?? undefined}>
        {type === null ? <Nothing /> : <code className="text-note">{type}</code>}
        {events > 1 && (
          <span className="block text-caption text-ink-3">
            {counted(events, "event", "events")}
          </span>
        )}
        {row.reconciled && <span className="block text-caption text-ink-3">found by asking</span>}
      </td>
      <td className={`${CELL} min-w-24 max-w-48`}>
        <MeetingLink row={row} />
      </td>
      <td className={`${CELL} min-w-24 max-w-44`}>
        <PersonLink row={row} />
      </td>
      <Delay ms={delays.underWay} />
      <Delay ms={delays.toKept} />
      <Delay ms={delays.toProjected} />
      <td className={`${CELL} min-w-24 max-w-44 truncate pr-4.5 text-ink-2`} title={source.name}>
        <bdi>{source.name}</bdi>
      </td>
    </tr>
  );
});

/** The meeting that it told of; else the room that it names. */
function MeetingLink({ row: { meeting, room } }: { row: DeliverySummary }) {
  if (meeting !== null) {
    return (
      <Link href={`/meetings/${meeting.id}`} className="hover:underline">
        <PersonName name={meeting.title} />
      </Link>
    );
  }
  return room === null ? <Nothing /> : <span className="wrap-anywhere text-ink-2">{room}</span>;
}

function PersonLink({ row: { person, people } }: { row: DeliverySummary }) {
  if (person === null) return <Nothing />;
  const name = person.name ?? "A guest";
  return (
    <>
      {person.id === null ? (
        <PersonName name={name} />
      ) : (
        <Link href={`/people/${person.id}`} className="hover:underline">
          <PersonName name={name} />
        </Link>
      )}
      {people > 1 && <span className="block text-caption text-ink-3">and {people - 1} more</span>}
    </>
  );
}

function Nothing() {
  return <span className="text-ink-3">–</span>;
}

function Delay({ ms }: { ms: number | null }) {
  return (
    <td className={`${CELL} whitespace-nowrap text-right`}>
      {ms === null ? <Nothing /> : shortDelay(ms)}
    </td>
  );
}
