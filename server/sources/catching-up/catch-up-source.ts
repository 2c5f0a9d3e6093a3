import type { RecordingClient } from "#db/connection/client.ts";
import { isSourceBehind } from "#db/recording/unprojected.ts";
import {
  beginCatchingUp,
  catchUpOf,
  noteCatchUp,
  noteWebhook,
  type StoredCatchUp,
} from "#db/sources/catching-up/catch-ups.ts";
import { knownSince } from "#db/sources/catching-up/known.ts";
import { type IsTold, toldBefore } from "#db/sources/catching-up/told.ts";
import { type StoredSource, sourceById } from "#db/sources/sources.ts";
import {
  askedAgainAt,
  askedNextAt,
  askedSince,
  type CatchUpProblem,
} from "#domain/sources/catching-up/catch-up.ts";
import { webhookStateOf } from "#domain/sources/catching-up/webhook-state.ts";
import type { Ms } from "#domain/time/ms.ts";
import { projectable } from "#server/ingest/intake.ts";
import { type Arrival, keep } from "#server/ingest/keep.ts";
import type { DeliveryProjector } from "#server/ingest/projecting.ts";
import { readingOf } from "#server/ingest/reading.ts";
import { arrivalOf } from "#server/ingest/receive.ts";
import type { Provider, RoomEvents } from "#server/providers/contract/contract.ts";
import { type ProviderApi, ProviderApiFailure } from "#server/providers/contract/provider-api.ts";
import { provider } from "#server/providers/providers.ts";
import { DecryptionError } from "#server/runtime/encryption.ts";
import type { Networks } from "#server/runtime/networks.ts";
import { readCalendars } from "#server/scheduled/calendar/read-calendars.ts";
import { providerApiOf } from "#server/sources/provider-api.ts";
import { webhookPath } from "#server/sources/settings.ts";
import { patiently } from "./patient.ts";

/** So many bodies are kept in one commit. */
const BATCH = 200;
/** For what was found so far is waited a minute. */
const LOOK_AGAIN_MS: Ms = 200;
const MOST_LOOKS = 300;

/** What catching up needs. */
export interface CatchingUpContext {
  database: RecordingClient;
  /** Told of what was kept. */
  projector: Pick<DeliveryProjector, "add">;
  /** Key for secrets at rest. */
  secret: string;
  /** Where every provider's API is taken to be, for tests; `null` for where it is. */
  providerApi: string | null;
  /** Networks that may be reached though they are private. */
  allowed: Networks;
  now: () => Ms;
  /** From 0 to 1. */
  chance: () => number;
  sleep: (ms: Ms, signal: AbortSignal) => Promise<void>;
  log: { error: (about: object, message: string) => void };
}

/**
 * Asks the provider of a source once what its webhooks may have missed, and how the webhook stands. What is found is
 * kept as any delivery is, also where asking fails in the middle. Rejects only where the database fails.
 */
export async function catchUpSource(
  context: CatchingUpContext,
  sourceId: string,
  signal: AbortSignal,
): Promise<void> {
  const { database, now } = context;
  const source = await sourceById(database.orm, sourceId);
  const own = source === null ? null : provider(source.provider);
  if (source === null || own === null) return;
  const before = await catchUpOf(database.orm, sourceId);
  const beganAt = now();
  const since = askedSince(
    { caughtUpTo: before?.caughtUpTo ?? null, createdAt: source.createdAt },
    beganAt,
  );
  await noteCatchUp(database.orm, sourceId, { begunAt: beganAt, since, calls: 0 });
  try {
    const api = apiOf(context, source, signal);
    if (api !== null) {
      await watchWebhook(context, { source, own, api, before });
      const asked = { source, own, api, before, since, beganAt };
      const { place, isActive } = await readMissed(context, asked, signal);
      await readCalendars({ database, source, own, api, before, now: beganAt });
      await noteCatchUp(database.orm, sourceId, {
        ...{ begunAt: null, caughtUpTo: beganAt, failures: 0, problem: null, said: null, place },
        nextAt: askedNextAt(isActive, beganAt, now()),
      });
      return;
    }
    await noteCatchUp(database.orm, sourceId, { begunAt: null, nextAt: now() + 60_000 });
  } catch (error) {
    if (signal.aborted) return;
    if (error instanceof NotTaken) return beginCatchingUp(database.orm, sourceId);
    const failed = failureOf(error);
    if (failed === null) context.log.error({ err: error, source: sourceId }, "not caught up with");
    const { problem, said, retryAfterMs } = failed ?? UNKNOWN;
    const failures = (before?.failures ?? 0) + 1;
    await noteCatchUp(database.orm, sourceId, {
      ...{ begunAt: null, failures, problem, said },
      nextAt: askedAgainAt(
        { failures, problem },
        { now: now(), chance: context.chance(), retryAfterMs },
      ),
    });
  }
}

/** Meanwhile the source was paused, or is about to go: nothing is taken of it. */
class NotTaken extends Error {
  override name = "NotTaken";
}

interface Failed {
  problem: CatchUpProblem;
  said: string | null;
  retryAfterMs: Ms | null;
}

const UNKNOWN: Failed = { problem: "failed", said: null, retryAfterMs: null };

function failureOf(error: unknown): Failed | null {
  if (error instanceof ProviderApiFailure) return error;
  return error instanceof DecryptionError ? { ...UNKNOWN, problem: "key_unreadable" } : null;
}

function apiOf(
  context: CatchingUpContext,
  source: StoredSource,
  signal: AbortSignal,
): ProviderApi | null {
  const { database, sleep, secret, providerApi, allowed } = context;
  const api = providerApiOf(source, { secret, providerApi, allowed, signal });
  let calls = 0;
  return (
    api &&
    patiently(api, {
      sleep: (ms) => sleep(ms, signal),
      asking: () => {
        calls += 1;
        // Only shown to people: a call is not held up by it, and none fails because it could not be noted.
        if (calls % 10 === 0) {
          noteCatchUp(database.orm, source.id, { calls }).catch(() => undefined);
        }
      },
    })
  );
}

interface Asked {
  source: StoredSource;
  own: Provider;
  api: ProviderApi;
  before: StoredCatchUp | null;
}

async function watchWebhook(
  { database, now }: CatchingUpContext,
  { source, own, api, before }: Asked,
): Promise<void> {
  const { webhookMaker } = own;
  if (webhookMaker === null) return;
  const state = await webhookMaker.stateOf(api, webhookPath(source.provider, source.id));
  const webhook = webhookStateOf(state, before?.webhook ?? null);
  await noteWebhook(database.orm, source.id, webhook, now());
}

/** Keeps what its webhooks missed. Returns where its provider's list ended, and whether anything goes on. */
async function readMissed(
  context: CatchingUpContext,
  { source, own, api, before, since, beganAt }: Asked & { since: Ms; beganAt: Ms },
  signal: AbortSignal,
): Promise<{ place: string | null; isActive: boolean }> {
  let place = before?.place ?? null;
  if (own.catchUp === undefined) return { place, isActive: false };
  let isActive = false;
  let found: string[] = [];
  const keepFound = async () => {
    const all = found;
    found = [];
    if (all.length > 0) await keepBodies(context, { source, own }, all, signal);
  };
  const known = async () => {
    await keepFound();
    await projected(context, source.id, signal);
    const rooms = await knownSince(context.database.orm, source.id, since);
    isActive = rooms.some(({ isGoingOn }) => isGoingOn);
    return rooms;
  };
  const asking = { api, since, now: beganAt, place, known };
  try {
    const path = webhookPath(source.provider, source.id);
    for await (const find of own.catchUp({ ...asking, webhookPath: path })) {
      if ("place" in find) place = find.place;
      else found.push(find.body);
      if (found.length >= BATCH) await keepFound();
    }
  } finally {
    await keepFound();
  }
  return { place, isActive };
}

/** Resolves once everything that was kept of a source is projected, so that it is known. Rejects where it takes long. */
async function projected(
  { database, sleep }: CatchingUpContext,
  sourceId: string,
  signal: AbortSignal,
): Promise<void> {
  for (let looked = 0; await isSourceBehind(database.orm, sourceId); looked += 1) {
    if (looked === MOST_LOOKS) throw new Error("what was kept is not projected yet");
    await sleep(LOOK_AGAIN_MS, signal);
  }
}

function isAllTold({ room, events }: RoomEvents, isTold: IsTold): boolean {
  return events.every((event) => isTold(room, event));
}

/**
 * Keeps bodies as deliveries that no webhook brought. Passed over is what was told before: an API lists people as they
 * are now, and what a webhook said at its time stands.
 */
async function keepBodies(
  context: CatchingUpContext,
  { source, own }: Pick<Asked, "source" | "own">,
  bodies: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const { database, projector, now } = context;
  await projected(context, source.id, signal);
  const at = now();
  const read = bodies.map((body) => {
    const raw = Buffer.from(body);
    const reading = readingOf(own, raw);
    return { raw, about: reading.kind === "events" ? reading.about : null, reading };
  });
  const isTold = await toldBefore(
    database.orm,
    source.id,
    read.flatMap(({ about }) => about ?? []),
  );
  const arrivals = read.flatMap(({ raw, reading, about }) => {
    if (about !== null && about.events.length > 0 && isAllTold(about, isTold)) return [];
    const arrival = arrivalOf({ id: source.id, provider: own }, raw, reading, at);
    return [{ ...arrival, delivery: { ...arrival.delivery, isReconciled: true } }];
  });
  if (arrivals.length === 0) return;
  const still = await sourceById(database.orm, source.id);
  if (still === null || still.pausedAt !== null || still.deletingSince !== null) {
    throw new NotTaken();
  }
  const kept = await Promise.all(await keep(database, arrivals, now));
  projector.add(
    arrivals.flatMap((arrival, index) => projectable(arrival, kept[index] ?? null) ?? []),
  );
  // Where a meeting is held was missed by no webhook.
  const isMissed = ({ about }: Arrival) => about === null || about.events.length > 0;
  const fresh = arrivals.filter((one, index) => kept[index]?.id != null && isMissed(one)).length;
  if (fresh > 0) await noteCatchUp(database.orm, source.id, { found: fresh, lastFoundAt: at });
}
