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

export const liveKey = ["floor"] as const;
export const meetingKey = (id: string) => ["meeting", id] as const;
/** What the page of a meeting has said, for whoever corrects it. */
export const claimsKey = (id: string) => ["said", id] as const;

// What a push changes is drawn in the task that brought it, not in one after whatever else waits.
notifyManager.setScheduler(queueMicrotask);

/** Who is told of one key, by one observer. */
interface Watch {
  listeners: Set<() => void>;
  stop: () => void;
}

/**
 * The facts a page shows, in React Query's cache. It is never empty when something is drawn, and it is
 * moved by what the server pushes, not by fetching.
 */
export class LiveCache {
  readonly client: QueryClient;
  /** The floor that it began with. */
  readonly opened: LiveState;
  readonly #watches = new Map<string, Watch>();

  constructor(live: LiveSnapshot) {
    this.opened = liveStateOf(live);
    this.client = new QueryClient({
      defaultOptions: {
        // The reducers keep what did not change; comparing every event again would cost more.
        queries: { staleTime: Number.POSITIVE_INFINITY, retry: false, structuralSharing: false },
      },
    });
    this.client.setQueryData<LiveState>(liveKey, this.opened);
    // Nobody watches it, and it is dropped with its page.
    this.client.setQueryDefaults(["said"], { gcTime: Number.POSITIVE_INFINITY });
  }

  floor(): LiveState {
    return this.client.getQueryData<LiveState>(liveKey) ?? this.opened;
  }

  /** The facts of a meeting that was opened. */
  meeting(id: string): MeetingFacts | undefined {
    return this.client.getQueryData<MeetingFactsState>(meetingKey(id))?.facts;
  }

  /**
   * Tells when what is known under a key has become another. Returns how to stop; until then it is kept. A page asks
   * many times for one key, and to observe it costs more than to hear of it.
   */
  watch(queryKey: QueryKey, listener: () => void): () => void {
    const key = hashKey(queryKey);
    const watch = this.#watches.get(key) ?? this.#observe(queryKey, key);
    // Its own, so that whoever listens twice is told twice and stops once.
    const told = () => listener();
    watch.listeners.add(told);
    return () => {
      watch.listeners.delete(told);
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

  hearFloor(live: LiveSnapshot): void {
    this.#moveFloor((state) => applySnapshot(state, live));
  }

  /** Returns whether more meetings of the floor should be read. */
  hearPush(push: LivePush): boolean {
    this.#moveFloor((state) => applyPush(state, push));
    return isRunningLow(this.floor());
  }

  hearMerged(id: string, into: string): void {
    this.#moveFloor((state) => applyMerge(state, id, into));
    this.client.removeQueries({ queryKey: meetingKey(id), type: "inactive" });
    // Whoever is led on remembers what the page said before.
    const said = this.client.getQueryData(claimsKey(id));
    if (said !== undefined) this.client.setQueryData(claimsKey(into), said);
  }

  /** Facts as a page was opened with; what was known before is kept. */
  openMeeting(facts: MeetingFacts): void {
    this.client.setQueryData<MeetingFactsState>(meetingKey(facts.id), (state) =>
      state === undefined
        ? meetingFactsState(facts)
        : applyRoomContext(applyEvents(state, facts.events, facts.as_of), facts),
    );
  }

  /** Returns whether something in between is still missing. */
  hearEvents(
    id: string,
    events: readonly Recorded[],
    asOf: string,
    elsewhere: RoomContextPush,
  ): boolean {
    const state = this.client.getQueryData<MeetingFactsState>(meetingKey(id));
    if (state === undefined) return false;
    const next = applyRoomContext(applyEvents(state, events, asOf), elsewhere);
    if (next !== state) this.client.setQueryData<MeetingFactsState>(meetingKey(id), next);
    return isMissingEvents(next);
  }

  /** The last event up to which nothing is missing. */
  seqOf(id: string): number {
    return this.meeting(id)?.seq ?? 0;
  }

  #moveFloor(move: (state: LiveState) => LiveState): void {
    this.client.setQueryData<LiveState>(liveKey, (state) => (state ? move(state) : state));
  }
}
