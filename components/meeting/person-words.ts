import { nameOf } from "#components/ui/person-name.tsx";
import type { ClockFace } from "#components/words/clock-face.ts";
import { formatDuration } from "#components/words/duration.ts";
import type { Ms } from "#domain/event.ts";
import { lengthMs } from "#domain/interval.ts";
import type { PersonStatus, PersonStory } from "#domain/story.ts";

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

/** Time in the waiting room, whatever came of it; an open wait runs to `now`. */
export function waitedMs({ waits }: Pick<PersonStory, "waits">, now: Ms): Ms {
  return lengthMs(
    waits.map(({ startedAt, endedAt }) => ({ from: startedAt, to: endedAt })),
    now,
  );
}

/** Whether the end of what is told last was not reported by anybody. */
export function isEndInferred(person: PersonStory): boolean {
  const end = person.lastLeftAt;
  if (end === null)
    return person.status === "not_admitted" && person.waits.at(-1)?.inferred === true;
  return person.visits.some((visit) => visit.leftAt === end && visit.end === "inferred");
}

/** Whether they may have attended more than counts, because nobody reported that they left. */
export function isAtLeast({ visits }: Pick<PersonStory, "visits">): boolean {
  return visits.some(({ leftBy }) => leftBy !== undefined);
}

/** What goes before a length that is not known exactly. */
export function exactnessSign(person: PersonStory): "" | "≥ " | "≈ " {
  return isAtLeast(person) ? "≥ " : isEndInferred(person) ? "≈ " : "";
}

/** A lane in one sentence, for those who hear it. */
export function laneSentence(person: PersonStory, face: ClockFace, now: Ms): string {
  const parts = [nameOf(person.name)];
  if (person.isHost) parts.push("host");
  parts.push(statusWord(person.status));
  if (person.firstJoinedAt !== null) {
    const about = isAtLeast(person) ? "at least " : isEndInferred(person) ? "about " : "";
    parts.push(`attended ${about}${formatDuration(lengthMs(person.attended, now))}`);
    parts.push(`first in ${face.second(person.firstJoinedAt)}`);
    if (person.lastLeftAt !== null) parts.push(`last out ${face.second(person.lastLeftAt)}`);
  }
  const waited = waitedMs(person, now);
  if (waited > 0) parts.push(`waited ${formatDuration(waited)}`);
  return parts.join(", ");
}

/** What made several connections one person. */
export function identityWords(person: PersonStory): string {
  const connections = person.participantIds.length;
  const many = connections === 1 ? "1 connection" : `${connections} connections`;
  switch (person.identifiedBy) {
    case "user_id":
      return `signed in · ${person.userId} · ${many}`;
    case "name":
      return `guest · ${many} of the same name taken as one person`;
    case "operator":
      return `put together by hand · ${many}`;
    case "connection":
      return `guest · ${many}`;
    default:
      return person.identifiedBy satisfies never;
  }
}
