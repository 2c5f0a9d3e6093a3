import { type Database, database } from "#db/connection/client.ts";
import { type Hindrance, hindranceOf } from "#db/connection/failure.ts";
import { tryWriting } from "#db/connection/writing.ts";
import { lastReceivedOf } from "#db/live/live.ts";
import { stoppedRooms, unprojectedCount } from "#db/recording/unprojected.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { keepingHealth } from "#server/ingest/keeping.ts";
import { deadlineOf } from "#server/runtime/deadline.ts";
import { recent } from "./recent.ts";
import { recordingNow } from "./recording.ts";
import type { healthy, notReady, ready, unhealthy } from "./schema.ts";

const DEADLINE_MS = 3_000;
/** The database is tried at most this often, however many requests come. */
const TRIED_EVERY_MS = 1_000;

const AGAIN = { "retry-after": "1" };
const NO_ANSWER = { status: "down" } as const;

/** 200 where the pages are there and deliveries can be kept, else 503. */
export async function checkReadiness(): Promise<Response> {
  const { answered, why } = await keepingNow(Date.now());
  if (why === null && answered !== null) {
    const good: AnswerOf<typeof ready> = { status: "ready" };
    return Response.json(good);
  }
  const bad: AnswerOf<typeof notReady> = { status: "down", reason: why ?? "unavailable" };
  return Response.json(bad, { status: 503, headers: AGAIN });
}

/** What the database answered lately, and why deliveries cannot be kept. */
async function keepingNow(now: Ms): Promise<{ answered: Answered | null; why: Hindrance | null }> {
  const { answered, hindrance } = await triedOf(database())();
  const { failing } = keepingHealth();
  const isFailing = keepingHealth().isFailingNow(now);
  return { answered, why: isFailing ? (failing?.hindrance ?? hindrance) : hindrance };
}

/** 200 when the database answers in time and deliveries can be kept, else 503. */
export async function checkHealth(): Promise<Response> {
  const now = Date.now();
  const { answered, why } = await keepingNow(now);
  const { keptAt, failing } = keepingHealth();
  const last = { last_kept_at: toWireTime(keptAt) };
  // How many, and not which: anyone may read this answer.
  const { refused, more, off = [] } = recordingNow();
  const refusing = { refused_sources: refused.length + more, webhooks_off: off.length };
  const waiting = {
    unprojected: answered?.unprojected ?? null,
    oldest_unprojected_ms: answered?.oldestUnprojectedMs ?? null,
    stopped_rooms: answered?.stoppedRooms ?? null,
  };
  if (why !== null || answered === null) {
    const since = toWireTime(failing?.since ?? null);
    const bad: AnswerOf<typeof unhealthy> = {
      status: "down",
      database:
        answered === null ? NO_ANSWER : { status: "ok", answered_in_ms: answered.answeredInMs },
      keeping: { status: "failing", reason: why ?? "unavailable", since, ...last },
      ...refusing,
      ...waiting,
      as_of: toWireTime(now),
    };
    return Response.json(bad, { status: 503, headers: AGAIN });
  }
  const good: AnswerOf<typeof healthy> = {
    status: "ok",
    database: { status: "ok", answered_in_ms: answered.answeredInMs },
    keeping: { status: "ok", ...last },
    ...refusing,
    ...waiting,
    sources: answered.sources,
    last_event_at: toWireTime(answered.lastEventAt),
    as_of: toWireTime(now),
  };
  return Response.json(good);
}

interface Tried {
  /** `null` where the database did not answer. */
  answered: Answered | null;
  /** Why the database cannot be written to; `null` where it can. */
  hindrance: Hindrance | null;
}

interface Answered {
  sources: number;
  lastEventAt: number | null;
  answeredInMs: number;
  /** Deliveries that are stored and not projected yet, and for how long the first of them has waited. */
  unprojected: number;
  oldestUnprojectedMs: number | null;
  /** How many rooms cannot be projected, because an event in them cannot be read. */
  stoppedRooms: number;
}

const tried = new WeakMap<Database, () => Promise<Tried>>();

function triedOf(own: Database): () => Promise<Tried> {
  const attempt = tried.get(own) ?? recent(() => tryOut(own), TRIED_EVERY_MS);
  tried.set(own, attempt);
  return attempt;
}

async function tryOut({ health }: Database): Promise<Tried> {
  const started = performance.now();
  let answered: Answered | null = null;
  try {
    const lastReceived = await inTime(lastReceivedOf(health));
    const { count, oldestAt } = await inTime(unprojectedCount(health));
    const stopped = count === 0 ? null : await inTime(stoppedRooms(health));
    const oldestUnprojectedMs = oldestAt === null ? null : Math.max(0, Date.now() - oldestAt);
    const answeredInMs = Math.round(performance.now() - started);
    answered = {
      ...lastReceived,
      unprojected: count,
      oldestUnprojectedMs,
      stoppedRooms: stopped?.rooms ?? 0,
      answeredInMs,
    };
    await inTime(tryWriting(health, { room: keepingHealth().failing !== null }));
    return { answered, hindrance: null };
  } catch (error) {
    return { answered, hindrance: hindranceOf(error) };
  }
}

function inTime<T>(work: Promise<T>): Promise<T> {
  return deadlineOf(DEADLINE_MS).wait(work);
}
