import {
  hashKey,
  notifyManager,
  QueryClient,
  type QueryKey,
  QueryObserver,
  skipToken,
} from "@tanstack/react-query";
import type { Recorded } from "#domain/event/recorded.ts";
import type { LiveSnapshot } from "#domain/live/wire.ts";
import type { MeetingFacts } from "#domain/meeting/meeting-facts.ts";
import {
  applyMerge,
  applyPush,
  applySnapshot,
  isRunningLow,
  type LivePush,
  type LiveState,
  liveStateOf,
} from "./live-state.ts";
import {
  applyEvents,
  applyRoomContext,
  isMissingEvents,
  type MeetingFactsState,
  meetingFactsState,
  type RoomContextPush,
} from "./meeting-facts-state.ts";
import { queryKeys } from "./query-keys.ts";

// A push's changes are rendered in the task that brought it, not after other waiting tasks.
notifyManager.setScheduler(queueMicrotask);

/** The listeners of one key, which share one observer. */
interface Watch {
  listeners: Set<() => void>;
  stop: () => void;
}

/**
 * The facts a page shows, in React Query's cache. It is never empty when a page renders, and it is updated by the
 * server's pushes, not by fetching.
 */
export class LiveCache {
  readonly client: QueryClient;
  /** The live state that it began with. */
  readonly opened: LiveState;
  readonly #watches = new Map<string, Watch>();

  constructor(live: LiveSnapshot) {
    this.opened = liveStateOf(live);
    this.client = new QueryClient({
      defaultOptions: {
        queries: {
          // A server on this machine or this network answers also where a browser takes itself to be offline.
          networkMode: "always",
          staleTime: Number.POSITIVE_INFINITY,
          retry: false,
          // The reducers keep what did not change; comparing every event again would cost more.
          structuralSharing: false,
        },
        mutations: { networkMode: "always" },
      },
    });
    this.client.setQueryData<LiveState>(queryKeys.live, this.opened);
    // It has no watcher, and would otherwise be collected while its page is open.
    this.client.setQueryDefaults(queryKeys.allClaims, { gcTime: Number.POSITIVE_INFINITY });
  }

  live(): LiveState {
    return this.client.getQueryData<LiveState>(queryKeys.live) ?? this.opened;
  }

  /** The facts of a meeting that was opened. */
  meeting(id: string): MeetingFacts | undefined {
    return this.client.getQueryData<MeetingFactsState>(queryKeys.meeting(id))?.facts;
  }

  /**
   * Notifies when the data under a key changes. Returns a function that stops it; until then the data stays in the
   * cache. A page watches one key many times, so that all its listeners share one observer, which is what costs.
   */
  watch(queryKey: QueryKey, listener: () => void): () => void {
    const key = hashKey(queryKey);
    const watch = this.#watches.get(key) ?? this.#observe(queryKey, key);
    // A function of its own, so that a listener added twice is called twice and removed once.
    const notified = () => listener();
    watch.listeners.add(notified);
    return () => {
      watch.listeners.delete(notified);
      if (watch.listeners.size === 0 && this.#watches.get(key) === watch) {
        this.#watches.delete(key);
        watch.stop();
      }
    };
  }

  #observe(queryKey: QueryKey, key: string): Watch {
    const listeners = new Set<() => void>();
    const observer = new QueryObserver(this.client, {
      queryKey,
      queryFn: skipToken,
      notifyOnChangeProps: ["data"],
    });
    const stop = observer.subscribe(() => {
      for (const listener of listeners) listener();
    });
    const watch = { listeners, stop };
    this.#watches.set(key, watch);
    return watch;
  }

  applySnapshot(live: LiveSnapshot): void {
    this.#updateLive((state) => applySnapshot(state, live));
  }

  /** Returns whether more meetings in progress should be read. */
  applyPush(push: LivePush): boolean {
    this.#updateLive((state) => applyPush(state, push));
    return isRunningLow(this.live());
  }

  applyMerge(id: string, into: string): void {
    this.#updateLive((state) => applyMerge(state, id, into));
    this.client.removeQueries({ queryKey: queryKeys.meeting(id), type: "inactive" });
    // The survivor's page inherits what the merged meeting's page has shown.
    const claims = this.client.getQueryData(queryKeys.claims(id));
    if (claims !== undefined) this.client.setQueryData(queryKeys.claims(into), claims);
  }

  /** Stores the facts a page was opened with; events that were received before stay. */
  openMeeting(facts: MeetingFacts): void {
    this.client.setQueryData<MeetingFactsState>(queryKeys.meeting(facts.id), (state) =>
      state === undefined
        ? meetingFactsState(facts)
        : applyRoomContext(applyEvents(state, facts.events, facts.as_of), facts),
    );
  }

  /** Returns whether an event in between is still missing. */
  applyEvents(
    id: string,
    events: readonly Recorded[],
    asOf: string,
    elsewhere: RoomContextPush,
  ): boolean {
    const state = this.client.getQueryData<MeetingFactsState>(queryKeys.meeting(id));
    if (state === undefined) return false;
    const next = applyRoomContext(applyEvents(state, events, asOf), elsewhere);
    if (next !== state) this.client.setQueryData<MeetingFactsState>(queryKeys.meeting(id), next);
    return isMissingEvents(next);
  }

  /** The last event up to which nothing is missing. */
  seqOf(id: string): number {
    return this.meeting(id)?.seq ?? 0;
  }

  #updateLive(update: (state: LiveState) => LiveState): void {
    this.client.setQueryData<LiveState>(queryKeys.live, (state) => (state ? update(state) : state));
  }
}
