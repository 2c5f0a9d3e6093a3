import { nameOf } from "#components/ui/person-name.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { formatBetween } from "#components/words/duration.ts";
import type { HandOver, HostPeriod } from "#domain/meeting/host-history.ts";
import type { Ms } from "#domain/time/ms.ts";

/** A period of the host strip in a sentence. */
export function hostPeriodWords(period: HostPeriod, clockFormat: ClockFormat): string {
  const { kind, person, from, to, endInferred } = period;
  const who = nameOf(person?.name ?? null);
  const times = hostPeriodTimes(clockFormat, from, to);
  switch (kind) {
    case "nobody":
      return `nobody ${times}${to === null ? "" : `, ${formatBetween(to - from)}`}`;
    case "uncertain":
      return `${who}: ${uncertainWords(period, clockFormat)}`;
    case "host":
      return `${who} ${times}${endInferred ? ", the end is inferred" : ""}`;
    default:
      return kind satisfies never;
  }
}

/** A period of which the provider only reported that the role changed in it. */
export function uncertainWords({ from, to }: HostPeriod, clockFormat: ClockFormat): string {
  const until = to === null ? "now" : minuteOrSecond(clockFormat.after(from), from, to);
  return `the role changed somewhere between ${minuteOrSecond(clockFormat, to ?? from, from)} and ${until}`;
}

export function handOverWords({ at, from, to, gapMs }: HandOver, clockFormat: ClockFormat): string {
  const gap = gapMs === 0 ? "" : `, after ${formatBetween(gapMs)} without a host`;
  return `${nameOf(to.name)} took over from ${nameOf(from.name)} at ${clockFormat.second(at)}${gap}`;
}

/** To the minute, unless that would make it begin and end at once. */
export function hostPeriodTimes(clockFormat: ClockFormat, from: Ms, to: Ms | null): string {
  if (to === null) return `${clockFormat.minute(from)} – now`;
  return `${minuteOrSecond(clockFormat, to, from)} – ${minuteOrSecond(clockFormat.after(from), from, to)}`;
}

/** A time to the minute, or to the second where its minute is also that of `other`. */
function minuteOrSecond(clockFormat: ClockFormat, other: Ms, at: Ms): string {
  return clockFormat.minute(other) === clockFormat.minute(at) && other !== at
    ? clockFormat.second(at)
    : clockFormat.minute(at);
}
