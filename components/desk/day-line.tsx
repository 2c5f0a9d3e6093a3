"use client";

import { Stat, Stats } from "#components/ui/stats.tsx";
import { grouped, percent } from "#components/words/count.ts";
import { formatDuration, formatSetting } from "#components/words/duration.ts";
import type { DeskDay } from "#domain/live/desk-wire.ts";

/** The day in one line. */
export function DayLine({ day }: { day: DeskDay }) {
  const { seen, waits, really_lost: lost, no_shows: noShows, longest_ms: longest } = day;
  const { outside_hours: outside } = day;
  const target = formatSetting(day.target_ms);
  return (
    <Stats label="The day in one line" columns={6}>
      <Stat
        label="Seen"
        tone="present"
        note="guests who came in"
        formula="Guests who came in, each in each meeting."
      >
        {grouped(seen)}
      </Stat>
      <Stat
        label="Waited"
        tone="waiting"
        note={
          outside === 0
            ? `${grouped(day.admitted)} admitted`
            : `${grouped(day.admitted)} admitted · without ${grouped(outside)} outside hours`
        }
        formula="Waits that began today within the opening hours of their room. The other numbers of waits are of these, too."
      >
        {grouped(waits)}
      </Stat>
      <Stat
        label="Lost"
        tone="lost"
        note={lost === 0 ? "nobody was lost" : `of ${grouped(waits)}`}
        formula="Waits left before admitted, not within 10 seconds, whose person did not come back that day."
      >
        {grouped(lost)}
      </Stat>
      <Stat
        label="No-shows"
        note="at what is over"
        formula="People expected at an appointment that is over, who were never seen."
      >
        {grouped(noShows)}
      </Stat>
      <Stat
        label="Longest wait"
        note="that is over"
        formula="The longest wait of today whose end is known."
      >
        {longest === null ? "–" : formatDuration(longest)}
      </Stat>
      <Stat label={`Admitted within ${target}`} note="of waits that ended">
        {percent(day.service_level) ?? "–"}
      </Stat>
    </Stats>
  );
}
