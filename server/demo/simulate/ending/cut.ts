import { SHORT_WAIT_MS } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Script, ScriptedDelivery } from "#server/demo/simulate/writing/script.ts";
import {
  clipped,
  type Gathering,
  type PlottedKnock,
  type PlottedStay,
  type SeenActor,
} from "#server/demo/world/plot.ts";

/**
 * The script cut at `at`: later events do not happen, all people leave, and every meeting ends. Its deliveries
 * are those about what happened before, without those that end it.
 */
export function cutScript(script: Script, at: Ms): Script {
  return {
    ...script,
    end: at,
    gatherings: script.gatherings.flatMap((gathering) => cutGathering(gathering, at) ?? []),
    deliveries: script.deliveries.filter((delivery) => delivery.at < at),
  };
}

/** The deliveries of a cut script that were not sent yet, each once. */
export function sentAtEnd(
  { deliveries }: Script,
  taken: ReadonlySet<ScriptedDelivery>,
): ScriptedDelivery[] {
  return deliveries.filter((delivery) => !delivery.repeat && !taken.has(delivery));
}

/** `null` where no one had come by then. */
function cutGathering(gathering: Gathering, at: Ms): Gathering | null {
  const { observer } = gathering;
  const actors = gathering.actors.map((actor) => cutActor(actor, at)).filter(isThere);
  if (observer === null) {
    if (actors.length === 0) return null;
    const sessions = gathering.sessions
      .filter(({ from }) => from < at)
      .map((session) => ({ ...session, to: Math.min(session.to ?? at, at) }));
    return { ...gathering, actors, sessions };
  }
  if (observer.comesAt >= at) return null;
  const left = observer.goesAt !== null && observer.goesAt < at;
  if (left) return { ...gathering, actors };
  return { ...gathering, actors, observer: { ...observer, goesAt: at, goes: "told" } };
}

function isThere({ stays, knocks }: SeenActor): boolean {
  return stays.length + knocks.length > 0;
}

function cutActor(actor: SeenActor, at: Ms): SeenActor {
  const stays = actor.stays.flatMap((stay) => cutStay(stay, at) ?? []);
  const knocks = actor.knocks
    .filter(({ from }) => from < at)
    .map((knock) => cutKnock(knock, actor.stays, at));
  return { ...actor, stays, knocks };
}

/** A person who leaves with the cut keeps the role that was last reported. */
function cutStay(stay: PlottedStay, at: Ms): PlottedStay | null {
  if (stay.to !== null && stay.to < at) return stay;
  const part = clipped(stay, stay.from, at);
  if (part === null) return null;
  const hostAtLast = part.changesAt === null ? part.hostAtFirst : part.hostAtLast;
  return { ...part, told: true, hostAtLast };
}

function cutKnock(knock: PlottedKnock, stays: readonly PlottedStay[], at: Ms): PlottedKnock {
  const cameInAt = stays.find(({ from }) => from >= knock.from)?.from ?? Infinity;
  if (knock.outcome === "admitted" && cameInAt < at) {
    const isReported = knock.toldAt !== null && knock.toldAt < at;
    return isReported ? knock : { ...knock, to: cameInAt, toldAt: null };
  }
  if (knock.outcome === "unknown" && knock.to !== null && knock.to < at) return knock;
  const reportedAt = Math.min(knock.toldAt ?? at, at);
  if (knock.outcome === "came_back" && cameInAt < at) return knock;
  const outcome = reportedAt - knock.from <= SHORT_WAIT_MS ? "short" : "left";
  return { ...knock, to: reportedAt, toldAt: reportedAt, outcome };
}
