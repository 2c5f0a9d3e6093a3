import { useMemo } from "react";
import { useClock } from "#components/sync/use-now.ts";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import { Card } from "#components/ui/card.tsx";
import { Link } from "#components/ui/link.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { counted } from "#components/words/count.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import { asItHappens } from "#domain/scheduled/as-it-happens.ts";
import { expectedAttendanceOf } from "#domain/scheduled/attendance.ts";
import type { OpenedScheduled } from "#domain/scheduled/pages.ts";
import { calledBy, lastTurn } from "#domain/scheduled/scheduled.ts";
import type { Ms } from "#domain/time/ms.ts";
import { CountsLine } from "./counts-line.tsx";
import { OutcomePill } from "./outcome-pill.tsx";
import { timesWords } from "./words.ts";

/** A meeting as its page shows it now. */
export interface LiveMeetingView {
  id: string;
  people: readonly PersonView[];
  /** The moment up to which its events are counted. */
  asOf: Ms;
}

/** On the page of a meeting: the scheduled meeting it belongs to, and who of its roster is here, live. */
export function ExpectedCard({
  expected,
  meeting,
}: {
  expected: readonly OpenedScheduled[];
  meeting: LiveMeetingView;
}) {
  if (expected.length === 0) return null;
  return (
    <Card title="Expected">
      <ul className="grid gap-3 px-4.5 py-3 text-dense">
        {expected.map((opened) => (
          <Scheduled key={opened.scheduled.id} opened={opened} meeting={meeting} />
        ))}
      </ul>
    </Card>
  );
}

function Scheduled({ opened, meeting }: { opened: OpenedScheduled; meeting: LiveMeetingView }) {
  const { scheduled, facts, asOf } = opened;
  const { id, people } = meeting;
  const face = useTodaysClockFormat();
  // `meeting.asOf` may be later than the page was opened; the clock alone changes the attendance as well.
  const latestAt = Math.max(asOf, meeting.asOf);
  const at = useClock((now) => Math.max(latestAt, lastTurn(facts.times, now) ?? 0));
  const now = useMemo(() => asItHappens(facts, id, people), [facts, id, people]);
  const { counts, verdict } = useMemo(() => expectedAttendanceOf(now, at), [now, at]);
  return (
    <li className="grid gap-1">
      <Link href={`/expected/${scheduled.id}`} className="flex min-w-0 font-strong hover:underline">
        <PersonName name={calledBy(scheduled)} className="min-w-0" />
      </Link>
      <span className="num text-ink-2">{timesWords(scheduled, face)}</span>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-2">
        {counted(counts.people, "person", "people")} expected
        <OutcomePill
          outcome={verdict?.outcome ?? null}
          at={scheduled.startsAt + scheduled.verdictAfterMs}
          face={face}
        />
      </span>
      {counts.people > 0 && <CountsLine counts={counts} isOver={at >= scheduled.endsAt} />}
    </li>
  );
}
