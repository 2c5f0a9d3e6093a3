import { nameOf } from "#components/ui/person-name.tsx";
import { boundedMoment, spokenLength } from "#components/words/certainty-words.ts";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { formatDuration } from "#components/words/duration.ts";
import { surenessOf, waitedMs } from "#domain/meeting/certainty.ts";
import type { PersonStatus } from "#domain/meeting/person-status.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import { lengthMs } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";

export function statusWord(status: PersonStatus): string {
  switch (status) {
    case "waiting":
      return "waiting";
    case "present":
      return "here";
    case "left":
      return "left";
    case "not_admitted":
      return "not admitted";
    case "not_known":
      return "not heard of since";
    default:
      return status satisfies never;
  }
}

/** A lane in one sentence, for screen readers. */
export function laneSentence(person: PersonView, clockFormat: ClockFormat, now: Ms): string {
  const parts = [nameOf(person.name)];
  if (person.isHost) parts.push("host");
  parts.push(statusWord(person.status));
  if (person.firstJoinedAt !== null) {
    const { joined, left, attended } = surenessOf(person.visits);
    const length = formatDuration(lengthMs(person.attended, now));
    parts.push(`attended ${spokenLength(length, attended)}`);
    parts.push(`first in ${boundedMoment(clockFormat.second(person.firstJoinedAt), joined)}`);
    if (person.lastLeftAt !== null) {
      parts.push(`last out ${boundedMoment(clockFormat.second(person.lastLeftAt), left)}`);
    }
  }
  const waited = waitedMs(person.waits, now);
  if (waited > 0) parts.push(`waited ${formatDuration(waited)}`);
  if (person.waits.some(({ outcome }) => outcome === "unknown")) {
    parts.push("nobody heard how a wait ended");
  }
  return parts.join(", ");
}

/** By which identity rule several connections are one person. */
export function identityWords(person: PersonView): string {
  const connections = person.participantIds.length;
  const many = connections === 1 ? "1 connection" : `${connections} connections`;
  switch (person.identifiedBy) {
    case "user_id":
      return `signed in · ${person.userId} · ${many}`;
    case "name":
      return `guest · ${many} of the same name taken as one person`;
    case "operator":
      return `joined by hand · ${many}`;
    case "connection":
      return `guest · ${many}`;
    default:
      return person.identifiedBy satisfies never;
  }
}
