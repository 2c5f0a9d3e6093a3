import { nameOf } from "#components/ui/person-name.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { grouped } from "#components/words/count.ts";
import { formatDuration } from "#components/words/duration.ts";
import { personAsOf, statusAt } from "#domain/meeting/moment.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import { type TimeWindow, timeWithin } from "#domain/meeting/window.ts";
import type { Ms } from "#domain/time/ms.ts";
import { laneSentence } from "./parts/person-words.ts";

export interface LaneSeen {
  view: PersonView;
  owner: PersonView;
  at: Ms | null;
  window: TimeWindow | null;
}

/** A lane in one sentence, as it is shown, for screen readers. */
export function laneWords(
  { view, owner, at, window }: LaneSeen,
  clockFormat: ClockFormat,
  now: Ms,
): string {
  const parts = [standing(view, at, clockFormat, now)];
  if (window !== null) parts.push(withinWords(view, window));
  if (view !== owner) parts.push(connectionWords(view, owner));
  const kind = view.isNoteTaker ? "a note-taker, not counted" : null;
  const notes = [kind, identityNote(view), startNote(view)].filter((note) => note !== null);
  return [...parts, ...notes].join(", ");
}

function standing(view: PersonView, at: Ms | null, clockFormat: ClockFormat, now: Ms): string {
  if (at === null) return laneSentence(view, clockFormat, now);
  if (statusAt(view, at) === "not_yet") return `${nameOf(view.name)}, not there yet`;
  return laneSentence(personAsOf(view, at), clockFormat, at);
}

function withinWords(view: PersonView, window: TimeWindow): string {
  const within = timeWithin(view, window);
  if (within === null) return "not there in the window";
  const length = formatDuration(within.wasIn ? within.attendedMs : within.waitedMs);
  return within.wasIn ? `in for ${length} of the window` : `waited ${length} of the window`;
}

/** Which of its person's connections a raw lane shows: ` · 2 of 3`; nothing for the only one. */
export function connectionPositionWords(view: PersonView, owner: PersonView): string {
  const count = owner.participantIds.length;
  const index = owner.participantIds.indexOf(view.id) + 1;
  return count === 1 ? "" : ` · ${index} of ${count}`;
}

/** The same for screen readers: `connection 2 of 3 of Lena`. */
function connectionWords(view: PersonView, owner: PersonView): string {
  const count = owner.participantIds.length;
  const index = owner.participantIds.indexOf(view.id) + 1;
  const which = count === 1 ? "the connection of" : `connection ${index} of ${count} of`;
  return `${which} ${nameOf(owner.name)}`;
}

/** Why several connections are one person, or are set apart, where the provider did not report that itself. */
export function identityNote({
  identifiedBy,
  participantIds,
  rulings: corrections,
  isNoteTaker,
}: PersonView): string | null {
  const kind = corrections.findLast(
    ({ verdict }) => verdict === "note_taker" || verdict === "person",
  );
  const together = corrections.filter(({ verdict }) => verdict === "same");
  const apart = corrections.filter(({ verdict }) => verdict === "different");
  if (together.length > 0) return `joined by hand by ${names(together)}`;
  if (apart.length > 0) return `separated by hand by ${names(apart)}`;
  if (kind !== undefined)
    return `said to be ${isNoteTaker ? "a note-taker" : "a person"} by ${kind.by}`;
  if (identifiedBy !== "name" || isNoteTaker) return null;
  return `${grouped(participantIds.length)} connections of the same name, taken as one person`;
}

function names(corrections: PersonView["rulings"]): string {
  return [...new Set(corrections.map(({ by }) => by))].join(", ");
}

function startNote({ visits }: PersonView): string | null {
  return visits[0]?.start === "first_seen" ? "there before the bot came" : null;
}
