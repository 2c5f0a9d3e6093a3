import { SHORT_WAIT_MS } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import type {
  Actor,
  Gathering,
  PlottedKnock,
  PlottedStay,
} from "#server/demo/simulate/plot/gathering.ts";
import type { Script } from "#server/demo/simulate/sending/script.ts";

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

/** `null` where no person had come by then. */
function cutGathering(gathering: Gathering, at: Ms): Gathering | null {
  const actors = gathering.actors.map((actor) => cutActor(actor, at)).filter(isThere);
  if (gathering.provider === "daily") {
    if (actors.length === 0) return null;
    const sessions = gathering.sessions
      .filter(({ from }) => from < at)
      .map((session) => ({ ...session, to: Math.min(session.to ?? at, at) }));
    return { ...gathering, actors, sessions };
  }
  const { bot } = gathering;
  if (bot.comesAt >= at) return null;
  const left = bot.goesAt !== null && bot.goesAt < at;
  if (left) return { ...gathering, actors };
  return { ...gathering, actors, bot: { ...bot, goesAt: at, goes: "left_meeting" } };
}

function isThere({ stays, knocks }: Actor): boolean {
  return stays.length + knocks.length > 0;
}

function cutActor(actor: Actor, at: Ms): Actor {
  const stays = actor.stays.filter(({ from }) => from < at).map((stay) => cutStay(stay, at));
  const knocks = actor.knocks
    .filter(({ from }) => from < at)
    .map((knock) => cutKnock(knock, actor.stays, at));
  return { ...actor, stays, knocks };
}

/** A person who leaves with the cut keeps the role they came with: a later change has not happened. */
function cutStay(stay: PlottedStay, at: Ms): PlottedStay {
  if (stay.to !== null && stay.to < at) return stay;
  return { ...stay, to: at, told: true, hostAtLast: stay.hostAtFirst };
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
  const outcome = reportedAt - knock.from < SHORT_WAIT_MS ? "short" : "left";
  return { ...knock, to: reportedAt, toldAt: reportedAt, outcome };
}
