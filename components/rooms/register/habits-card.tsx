import type { ReactNode } from "react";
import { Card } from "#components/ui/card.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { grouped } from "#components/words/count.ts";
import type { RegisterRow } from "#domain/rooms/register/register.ts";
import type { Thresholds } from "#domain/rooms/register/thresholds.ts";
import { percentWords } from "./matrix/threshold-words.ts";

const MOST_LISTED = 10;

/** Who comes regularly, and which of them has not come lately. */
export function HabitsCard({
  people,
  held,
  thresholds,
  face,
}: {
  people: readonly RegisterRow[];
  held: number;
  thresholds: Thresholds;
  face: ClockFormat;
}) {
  const { regularShare, regularLast, missed } = thresholds;
  const byShare = (a: RegisterRow, b: RegisterRow) => b.attended - a.attended;
  const missing = people.filter(({ notLately }) => notLately).toSorted(byShare);
  const regulars = people.filter(({ regular }) => regular).toSorted(byShare);
  const isKnown = people.some(({ regular }) => regular !== null);
  return (
    <Card
      title="Regulars"
      note={`${percentWords(regularShare)} of the last ${regularLast} meetings`}
    >
      <div className="grid sm:grid-cols-2">
        <List
          title="Not seen lately"
          empty={isKnown ? `No regular missed the last ${missed}.` : "Too few meetings to tell."}
          people={missing}
          textOf={({ missedSince, lastSeenAt }) =>
            `missed ${missedSince}${lastSeenAt === null ? "" : `, last in on ${face.shortDay(lastSeenAt)}`}`
          }
        />
        <List
          title="Come regularly"
          empty={isKnown ? "Nobody does." : "Too few meetings to tell."}
          people={regulars}
          textOf={({ attended }) => `${grouped(attended)} of ${grouped(held)}`}
        />
      </div>
    </Card>
  );
}

function List({
  title,
  empty,
  people,
  textOf,
}: {
  title: string;
  empty: string;
  people: readonly RegisterRow[];
  textOf: (row: RegisterRow) => string;
}) {
  const rest = people.slice(MOST_LISTED);
  return (
    <div className="min-w-0 border-line px-4 py-3 not-first:border-t sm:px-4.5 sm:not-first:border-t-0 sm:not-first:border-l">
      <h3 className="num text-ink-2 text-caption">
        {title} · {grouped(people.length)}
      </h3>
      {people.length === 0 && <p className="mt-1.5 text-dense text-ink-3">{empty}</p>}
      <Names people={people.slice(0, MOST_LISTED)} textOf={textOf} />
      {rest.length > 0 && (
        <details className="mt-1 text-dense">
          <summary className="w-fit cursor-pointer text-ink-2 marker:text-ink-3 hover:text-ink">
            {grouped(rest.length)} more
          </summary>
          <Names people={rest} textOf={textOf} />
        </details>
      )}
    </div>
  );
}

function Names({
  people,
  textOf,
}: {
  people: readonly RegisterRow[];
  textOf: (row: RegisterRow) => ReactNode;
}) {
  return (
    <ul className="mt-1 text-dense">
      {people.map((row) => (
        <li key={row.key} className="flex items-baseline justify-between gap-3 py-0.75">
          <PersonName name={row.name} className="min-w-0" />
          <span className="num flex-none text-ink-3 text-caption">{textOf(row)}</span>
        </li>
      ))}
    </ul>
  );
}
