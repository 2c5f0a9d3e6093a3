import type { Address } from "#components/lists/use-address.ts";
import { Link } from "#components/ui/link.tsx";
import { SCROLLED_HEAD, SCROLLED_TABLE } from "#components/ui/scroll-table.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { counted } from "#components/words/count.ts";
import type { AuditRow } from "#domain/access/audit/audit.ts";
import { CAME_BY, deedOf } from "#domain/access/audit/audit-words.ts";
import type { Audited } from "#domain/access/audit/audited.ts";

const CELL = "border-line border-b px-3 py-2 align-top group-last:border-b-0";

/** The entries of a page. */
export function AuditRows({
  rows,
  face,
  address,
}: {
  rows: readonly AuditRow[];
  face: ClockFormat;
  address: Address;
}) {
  return (
    <table className={`${SCROLLED_TABLE} print:text-mark`}>
      <caption className="sr-only">Audit log, newest first</caption>
      <thead>
        <tr>
          <th scope="col" className={`${SCROLLED_HEAD} z-10 text-left px-4 print:static sm:px-4.5`}>
            When
          </th>
          <th scope="col" className={`${SCROLLED_HEAD} z-10 text-left px-3 print:static`}>
            Who did what
          </th>
          <th
            scope="col"
            className={`${SCROLLED_HEAD} z-10 text-left px-3 pr-4.5 print:static max-md:hidden print:table-cell`}
          >
            From
          </th>
        </tr>
      </thead>
      <tbody className={address.isPending ? "opacity-55" : undefined}>
        {rows.map((row) => (
          <Entry key={row.id} row={row} face={face} address={address} />
        ))}
      </tbody>
    </table>
  );
}

function Entry({ row, face, address }: { row: AuditRow; face: ClockFormat; address: Address }) {
  const { at, who } = row;
  return (
    <tr className="group break-inside-avoid hover:bg-sunken">
      <td className={`${CELL} num w-40 px-4 text-ink-2 max-sm:w-24 sm:px-4.5`}>
        <time dateTime={new Date(at).toISOString()}>
          {face.calendarDay(at)}
          <span className="block text-caption text-ink-3">{face.bare.second(at)}</span>
        </time>
      </td>
      <td className={`${CELL} wrap-anywhere min-w-50`}>
        <Sentence row={row} address={address} />
        <span className="block text-caption text-ink-3 md:hidden print:hidden">
          <From who={who} />
        </span>
      </td>
      <td
        className={`${CELL} wrap-anywhere w-64 pr-4.5 text-caption text-ink-3 max-md:hidden print:table-cell`}
      >
        <From who={who} />
      </td>
    </tr>
  );
}

/** “Ada took out meetings.csv (1,204 rows)”. */
function Sentence({ row, address }: { row: AuditRow; address: Address }) {
  const { who, about, outcome } = row;
  const { did, about: named, more } = deedOf(row, counted);
  const came = CAME_BY[who.kind];
  return (
    <p className={outcome === "refused" ? "text-lost-ink" : undefined}>
      {who.id === null ? (
        <bdi className="font-strong">{who.label}</bdi>
      ) : (
        <Link
          {...address.link({ who: who.id })}
          replace
          scroll={false}
          className="font-strong hover:underline"
        >
          <bdi>{who.label}</bdi>
        </Link>
      )}
      {came !== null && <span className="text-ink-3"> ({came})</span>} {did}
      {named !== null && (
        <>
          {" "}
          <Named about={about} named={named} />
        </>
      )}
      {more !== null && ` ${more}`}
    </p>
  );
}

/** What an entry is about, leading to its page where there is one. */
function Named({ about, named }: { about: Audited | null; named: string }) {
  const href = about === null ? null : pageOf(about);
  if (href === null) return <bdi className="font-strong">{named}</bdi>;
  return (
    <Link href={href} className="font-strong underline decoration-line hover:decoration-current">
      <bdi>{named}</bdi>
    </Link>
  );
}

function pageOf({ kind, id }: Audited): string | null {
  if (id === null) return null;
  switch (kind) {
    case "meeting":
      return `/meetings/${id}`;
    case "person":
      return `/people/${id}`;
    case "room":
      return `/rooms/${id}`;
    case "scheduled_meeting":
      return `/expected/${id}`;
    case "class_list":
      return `/expected/lists/${id}`;
    case "source":
      return "/sources";
    case "room_group":
      return "/today/groups";
    case "alert":
    case "alert_channel":
    case "alert_rule":
      return "/alerts";
    case "endpoint":
      return `/endpoints/${id}`;
    case "key":
    case "member":
    case "device":
      return "/settings";
    case "import":
      return "/import";
    case "statement":
    case "share":
    case "month":
    case "wait":
      return null;
    default:
      return kind satisfies never;
  }
}

function From({ who: { kind, address, userAgent } }: { who: AuditRow["who"] }) {
  const without = kind === "command" ? "the command line" : "no address";
  return (
    <>
      {address ?? without}
      {userAgent !== null && <span className="block">{userAgent}</span>}
    </>
  );
}
