import { Card } from "#components/ui/card.tsx";
import { Link } from "#components/ui/link.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { counted } from "#components/words/count.ts";
import type { OpenedDelivery } from "#domain/event/delivery.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";

/** The events that were read from a delivery, each with its meeting and its person. */
export function MadeEvents({
  delivery: { made, events },
  face,
}: {
  delivery: Pick<OpenedDelivery, "made" | "events">;
  face: ClockFormat;
}) {
  const more = events - made.length;
  return (
    <Card title="Events it made" note={counted(events, "event", "events")}>
      {made.length === 0 ? (
        <p className="px-4 py-6 text-ink-2 sm:px-4.5">
          It made none: no meeting and nobody's time follows from it.
        </p>
      ) : (
        <ul className="num divide-y divide-line text-dense">
          {made.map(({ meeting, seq, type, at, person }) => (
            <li
              key={`${meeting.id} ${seq}`}
              className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-4 py-2 sm:px-4.5"
            >
              <span className="text-ink-3">{face.second(fromWireTime(at))}</span>
              <code className="text-note">{type}</code>
              {person !== null &&
                (person.id === null ? (
                  <PersonName name={person.name ?? "A guest"} />
                ) : (
                  <Link href={`/people/${person.id}`} className="min-w-0 hover:underline">
                    <PersonName name={person.name ?? "A guest"} />
                  </Link>
                ))}
              <Link
                href={`/meetings/${meeting.id}`}
                className="ml-auto min-w-0 text-ink-2 hover:underline"
              >
                {meeting.title} <span className="text-ink-3">#{seq}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {more > 0 && (
        <p className="border-line border-t px-4 py-2 text-note text-ink-3 sm:px-4.5">
          and {counted(more, "more", "more")}
        </p>
      )}
    </Card>
  );
}
