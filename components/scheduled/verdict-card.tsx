import { Card } from "#components/ui/card.tsx";
import { InfoTip } from "#components/ui/info-tip.tsx";
import { nameOf } from "#components/ui/person-name.tsx";
import { Pill } from "#components/ui/pill.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { formatSetting } from "#components/words/duration.ts";
import type { ScheduledMeeting } from "#domain/scheduled/scheduled.ts";
import type { StartVerdict, Witness } from "#domain/scheduled/start-verdict.ts";
import type { Ms } from "#domain/time/ms.ts";
import { VERDICT_FORMULA } from "./verdict-words.ts";
import { outcomeWords } from "./words.ts";

const MOST_NAMED = 12;

/** The verdict with the moment it is of, and who was where then. */
export function VerdictCard({
  scheduled,
  verdict,
  now,
  face,
}: {
  scheduled: ScheduledMeeting;
  verdict: StartVerdict | null;
  now: Ms;
  face: ClockFormat;
}) {
  const at = scheduled.startsAt + scheduled.verdictAfterMs;
  const after = `start + ${formatSetting(scheduled.verdictAfterMs)}`;
  return (
    <Card
      title="At the start"
      note={after}
      aside={<InfoTip about="At the start">{VERDICT_FORMULA}</InfoTip>}
    >
      <div className="grid gap-2 px-4.5 py-3.5 text-dense">
        {verdict === null ? (
          <p className="num text-ink-2">
            {scheduled.cancelledAt !== null || now > at
              ? "It is not known how it stood then."
              : `Rollcall checks at ${face.minute(at)}.`}
          </p>
        ) : (
          <>
            <p className="flex flex-wrap items-center gap-2">
              <Pill tone={outcomeWords(verdict.outcome).tone} className="text-dense!">
                {outcomeWords(verdict.outcome).word}
              </Pill>
              <span className="num text-ink-2">at {face.second(verdict.at)}</span>
            </p>
            <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1">
              <Then label="Hosts in" people={verdict.hosts} />
              <Then label="Guests in" people={verdict.guests} />
              <Then label="Waiting" people={verdict.waiting} />
            </dl>
          </>
        )}
      </div>
    </Card>
  );
}

function Then({ label, people }: { label: string; people: readonly Witness[] }) {
  const named = people.slice(0, MOST_NAMED);
  const more = people.length - named.length;
  return (
    <>
      <dt className="text-ink-3">{label}</dt>
      <dd className="min-w-0 break-words">
        {people.length === 0 && <span className="text-ink-3">nobody</span>}
        {named.map(({ name, position }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two people may have one name, and their order is fixed.
          <span key={index}>
            {index > 0 && ", "}
            <bdi>{nameOf(name)}</bdi>
            {position === null && <span className="text-ink-3"> (not expected)</span>}
          </span>
        ))}
        {more > 0 && <span className="text-ink-3"> and {more} more</span>}
      </dd>
    </>
  );
}
