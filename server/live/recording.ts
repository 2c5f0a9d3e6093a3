import type { StoppedRooms, UnprojectedCount } from "#db/recording/unprojected.ts";
import type { LostWebhook } from "#db/sources/catching-up/catch-ups.ts";
import type { NamedRefusal } from "#db/sources/refusals.ts";
import {
  ALL_IS_KEPT,
  type HaltReason,
  isStillTrue,
  type Recording,
  type RefusedSource,
  type StoppedProjection,
  type WebhookOff,
} from "#domain/live/recording.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { provider } from "#server/providers/providers.ts";

/** How many refused sources are listed by name; the others are only counted. */
const MOST_NAMED = 20;

/** The state of recording, as it travels. `open` has one row for each source and reason. */
export function recordingOf(
  halted: { since: Ms; reason: HaltReason } | null,
  { behind, stopped }: { behind: UnprojectedCount | null; stopped: StoppedRooms | null },
  open: readonly NamedRefusal[],
  lost: readonly LostWebhook[],
  now: Ms,
): Omit<Recording, "changed_at"> {
  const refused = [...Map.groupBy(open, ({ sourceId }) => sourceId).values()]
    .map(refusedSource)
    .flatMap((one) => (one !== null && isStillTrue(one, now) ? [one] : []))
    .toSorted((a, b) => (a.since < b.since ? -1 : 1));
  return {
    halted: halted && { since: toWireTime(halted.since), reason: halted.reason },
    behind:
      behind === null || behind.oldestAt === null
        ? null
        : { since: toWireTime(behind.oldestAt), count: behind.count },
    stopped: stopped && stoppedProjection(stopped),
    ...(lost.length > 0 && { off: lost.slice(0, MOST_NAMED).map(webhookOff) }),
    refused: refused.slice(0, MOST_NAMED),
    more: Math.max(0, refused.length - MOST_NAMED),
  };
}

function webhookOff({ source, state, since }: LostWebhook): WebhookOff {
  return { source, state: state === "missing" ? state : "off", since: toWireTime(since) };
}

function stoppedProjection({ rooms, since, event }: StoppedRooms): StoppedProjection {
  const { meetingId, seq, type, field } = event;
  return { rooms, since: toWireTime(since), event: { meeting_id: meetingId, seq, type, field } };
}

/** Whether the same is wrong in both, whenever that began. */
export function isSameState(one: Recording | undefined, other: Recording): boolean {
  const [before, after] = [one, other].map((state) =>
    JSON.stringify({ ...state, changed_at: null }),
  );
  return before === after;
}

/** One source with all its refusals, whatever their reasons; `null` where there are none. */
export function refusedSource(own: readonly NamedRefusal[]): RefusedSource | null {
  const [first, ...others] = own;
  if (first === undefined) return null;
  const last = others.reduce((a, b) => (b.lastAt > a.lastAt ? b : a), first);
  return {
    source: first.source,
    since: toWireTime(Math.min(...own.map(({ firstAt }) => firstAt))),
    last_at: toWireTime(last.lastAt),
    count: own.reduce((sum, { count }) => sum + count, 0),
    reason: last.reason,
    gives_up_after: provider(first.source.provider)?.givesUpAfter ?? null,
  };
}

/*
 * The server watches, and the pages that Next bundles report it: there are two instances of every module in one
 * process.
 */
const HOLDER = Symbol.for("rollcall.recording");
const holder: typeof globalThis & { [HOLDER]?: () => Recording } = globalThis;

/** The state of recording as this process knows it; all is well where no watch runs, as in a command. */
export function recordingNow(): Recording {
  return holder[HOLDER]?.() ?? ALL_IS_KEPT;
}

/** Sets the watch that `recordingNow` asks from now on; `null` when it has stopped. */
export function shareRecording(now: (() => Recording) | null): void {
  if (now === null) delete holder[HOLDER];
  else holder[HOLDER] = now;
}
