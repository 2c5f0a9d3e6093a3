import { v7 as uuid } from "uuid";
import type { MeetingEvent, ObserverCorrected, PresenceCorrected } from "#domain/event/event.ts";
import { type MeetingView, projectMeeting } from "#domain/meeting/meeting.ts";
import { type OpenStay, openStaysOf } from "#domain/meeting/open-now.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { CorrectionImpossible, type LockedMeeting, UnknownInMeeting } from "./correct-meeting.ts";

/** Says that people, or connections, or with neither all open stays, are not there any more. */
export interface NotHereCorrection {
  verdict: "not_here";
  people: string[] | null;
  participants: string[] | null;
  /** Only where they wait, or where they are in; `null`: wherever they are. */
  where: OpenStay["where"] | null;
  /** When they left, where that is known; `null`: they are gone by now. */
  since: Ms | null;
}

/**
 * The events of a correction: one for each connection, and one for the observer where the correction is about the
 * whole meeting. Throws `UnknownInMeeting` and `CorrectionImpossible`.
 */
export function notHereEvents(
  events: readonly MeetingEvent[],
  { rules, meeting }: LockedMeeting,
  correction: NotHereCorrection,
  by: string,
  now: Ms,
): (PresenceCorrected | ObserverCorrected)[] {
  const { overtakenAt } = meeting.tally;
  const view = projectMeeting(events, rules, now, { returned: new Set(), overtakenAt });
  const entered = { ruling: uuid(), verdict: "not_here", by, ruledAt: now } as const;
  const since = correction.since ?? now;
  if (since > now) throw new CorrectionImpossible("That moment has not come yet.");
  const named = namedIn(view, correction);
  for (const { name, open } of named) {
    refuseImpossible(name, open, correction.since);
  }
  const unnamed = { userId: null, name: null, isHost: null };
  const ofPeople = named.flatMap(({ open }) =>
    open.map(({ participantId, from: at, overBy }): PresenceCorrected => {
      // An earlier stay was over before that moment: when exactly is not known.
      const exact = correction.since !== null && correction.since <= (overBy ?? Infinity);
      return { type: "presence_ruled", at, participantId, ...unnamed, ...entered, since, exact };
    }),
  );
  const ofAll =
    correction.people === null && correction.participants === null && correction.where === null;
  const ofObserver = ofAll ? observerEvents(view, entered, correction.since, now) : [];
  const all = [...ofPeople, ...ofObserver];
  if (all.length === 0) throw new CorrectionImpossible("None of them is in or waiting.");
  return all;
}

function namedIn({ people, noteTakers }: MeetingView, correction: NotHereCorrection) {
  const everyone = [...people, ...noteTakers];
  const missing = [
    ...(correction.people ?? []).filter((id) => !everyone.some((person) => person.id === id)),
    ...(correction.participants ?? []).filter(
      (id) => !everyone.some(({ participantIds }) => participantIds.includes(id)),
    ),
  ];
  if (missing[0] !== undefined) {
    throw new UnknownInMeeting(`Nobody in this meeting is ${missing[0]}.`);
  }
  return everyone.flatMap((person) => {
    const open = openOf(person, correction);
    return open.length === 0 ? [] : { name: person.name ?? "Unnamed guest", open };
  });
}

function openOf(
  person: PersonView,
  { people, participants, where }: NotHereCorrection,
): OpenStay[] {
  const isMeant = people === null && participants === null;
  const isNamed = people?.includes(person.id) ?? false;
  return openStaysOf(person).filter(
    (stay) =>
      (where === null || stay.where === where) &&
      (isMeant || isNamed || (participants?.includes(stay.participantId) ?? false)),
  );
}

/** No person left before they were last heard of, or after the moment that shows that they were gone. */
function refuseImpossible(name: string, open: readonly OpenStay[], since: Ms | null): void {
  if (since === null) return;
  const heardAt = Math.max(...open.map((stay) => stay.heardAt));
  const overBy = Math.max(...open.map((stay) => stay.overBy ?? Infinity));
  if (since < heardAt) {
    throw new CorrectionImpossible(
      `${name} was heard of at ${toWireTime(heardAt)}, which is later.`,
    );
  }
  if (since > overBy) {
    throw new CorrectionImpossible(`${name} was not there any more at ${toWireTime(overBy)}.`);
  }
}

function observerEvents(
  { frame, tipAt }: MeetingView,
  entered: Omit<ObserverCorrected, "type" | "at" | "since">,
  since: Ms | null,
  now: Ms,
): ObserverCorrected[] {
  if (!frame.observed) return [];
  const at = tipAt ?? now;
  return [{ type: "observer_ruled", at, ...entered, since: Math.max(since ?? now, at) }];
}
