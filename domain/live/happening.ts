import type { MeetingEvent, ObserverLeft } from "#domain/event/event.ts";
import type { Observer } from "#domain/meeting/observer.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import { ADMISSION_MS, type Rules } from "#domain/participant/rules.ts";
import { lengthMs } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Happening } from "./wire.ts";

type What = Happening["what"];

/**
 * The line for an event, given its person's view; `null` where it is not worth a line (the end of a wait
 * that was an admission, an update without a visible change).
 */
export function happeningOf(
  event: MeetingEvent,
  view: Pick<PersonView, "visits" | "waits" | "presence"> | null,
  rules: Rules,
  observer: Observer | null = null,
): What | null {
  switch (event.type) {
    case "joined":
      return view ? arrival(event.at, view, rules) : { kind: "joined" };
    case "left":
      return { kind: "left", attended_ms: view ? attendedUntil(event.at, view) : 0 };
    case "knocked":
      return { kind: "waiting" };
    case "stopped_waiting": {
      const wait = view?.waits.find(({ endedAt }) => endedAt === event.at);
      if (!wait || wait.outcome === "admitted") return null;
      const waited_ms = Math.max(0, event.at - wait.startedAt);
      return { kind: "left_before_admitted", waited_ms, short: wait.outcome === "short" };
    }
    case "updated":
      return event.isHost === null ? null : { kind: "host_changed", is_host: event.isHost };
    case "meeting_started":
    case "observer_joined":
      return { kind: "meeting_started" };
    case "meeting_ended":
      return { kind: "meeting_ended" };
    case "observer_left":
      return departure(event, observer);
    case "data_deleted":
    case "identity_ruled":
    case "meeting_ruled":
    case "presence_ruled":
    case "observer_ruled":
      return null;
    default:
      return event satisfies never;
  }
}

/** Several reports may follow one end: only the one that the observer's view uses gets a line. */
function departure({ reason }: ObserverLeft, observer: Observer | null): What | null {
  if (observer === null) return { kind: "meeting_ended" };
  if (observer.reason !== reason) return null;
  const { state, by } = observer;
  if (state === "not_let_in") return { kind: "not_let_in", by, reason };
  return state === "removed" ? { kind: "bot_removed", by, reason } : { kind: "meeting_ended" };
}

function arrival(
  at: Ms,
  { waits, presence }: Pick<PersonView, "waits" | "presence">,
  rules: Rules,
): What {
  const wait = waits.findLast(
    ({ outcome, startedAt, endedAt }) =>
      outcome === "admitted" && startedAt <= at && at <= (endedAt ?? at) + ADMISSION_MS,
  );
  if (wait) return { kind: "admitted", waited_ms: at - wait.startedAt };
  const before = presence.findLast(({ to }) => to !== null && to <= at)?.to ?? null;
  if (before === null) return { kind: "joined" };
  const away_ms = at - before;
  return { kind: away_ms <= rules.graceMs ? "reconnected" : "came_back", away_ms };
}

function attendedUntil(at: Ms, { presence }: Pick<PersonView, "presence">): Ms {
  return lengthMs(
    presence
      .filter(({ from }) => from <= at)
      .map(({ from, to }) => ({ from, to: Math.min(to ?? at, at) })),
    at,
  );
}
