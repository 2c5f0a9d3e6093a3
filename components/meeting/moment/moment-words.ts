import { nameOf } from "#components/ui/person-name.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { grouped } from "#components/words/count.ts";
import type { MeetingView } from "#domain/meeting/meeting.ts";
import { areHostRolesReported } from "#domain/meeting/metrics.ts";
import { presenceAt } from "#domain/meeting/moment.ts";
import type { Ms } from "#domain/time/ms.ts";

const MOST_HOSTS = 2;

/** `10:21:40: 3 in, 1 waiting, host P. Singh` */
export function momentWords(
  view: Pick<MeetingView, "people">,
  at: Ms,
  graceMs: Ms,
  clockFormat: ClockFormat,
): string {
  const { present, waiting, hosts } = countsAt(view, at, graceMs);
  return `${clockFormat.second(at)}: ${present} in, ${waiting} waiting${hosts === null ? "" : `, ${hosts}`}`;
}

/** The counts of a moment; `hosts` is `null` where the provider does not report hosts, or no person was there. */
export function countsAt(
  view: Pick<MeetingView, "people">,
  at: Ms,
  graceMs: Ms,
): { present: string; waiting: string; hosts: string | null } {
  const { present, waiting, hosts } = presenceAt(view, at, graceMs);
  const hasHosts = present.length + waiting.length > 0 && areHostRolesReported(view.people);
  return {
    present: grouped(present.length),
    waiting: grouped(waiting.length),
    hosts: hasHosts ? hostWords(hosts.map(({ name }) => nameOf(name))) : null,
  };
}

function hostWords(names: readonly string[]): string {
  if (names.length === 0) return "no host";
  const shown = names.slice(0, MOST_HOSTS).join(", ");
  const more = names.length - MOST_HOSTS;
  return `${names.length === 1 ? "host" : "hosts"} ${shown}${more > 0 ? ` and ${more} more` : ""}`;
}
