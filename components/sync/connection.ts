import type { DeskChange, DeskSnapshot } from "#domain/live/desk-wire.ts";
import { FIRST_MEETINGS } from "#domain/live/live-position.ts";
import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime, type WireTime } from "#domain/time/wire-time.ts";
import type { LiveCache } from "./cache.ts";
import type { ServerClock } from "./clock.ts";
import type { ConnectionStatusStore } from "./connection-status.ts";
import type { ClientSocket, LiveListener, OpenSocket } from "./live-socket.ts";
import type { RecordingStore } from "./recording-store.ts";

/** What a connection reports to a page that watches one meeting, besides its facts. */
export interface MeetingWatcher {
  merged(into: string): void;
  /** The server no longer knows this meeting. */
  unknown(): void;
}

/** What a connection reports to a page that shows the desk. */
export interface DeskWatcher {
  read(desk: DeskSnapshot): void;
  changed(change: DeskChange): void;
}

export interface ConnectionParts {
  cache: LiveCache;
  clock: ServerClock;
  link: ConnectionStatusStore;
  recording: RecordingStore;
  /** The zone in which today is counted. */
  timeZone: () => string;
  /** The server did not let us in: perhaps the session ran out. */
  onRefused: () => void;
  /** The server speaks another protocol than this page, and will not be asked again. */
  onOutdated: () => void;
  /** Facts of any page may be gone (erased or deleted): pages are to be read again. */
  onGone: () => void;
  /** How long to delay a request that every browser would otherwise make at the same moment. */
  jitter?: () => Ms;
}

interface Asking {
  asking: boolean;
  askAgain: boolean;
}

interface Watch extends Asking {
  watchers: Set<MeetingWatcher>;
}

const TRY_AGAIN_MS = 1_000;
const JITTER_MS = 1_000;
const RENEW_EVERY_MS = 30_000;
/** The server says something every some seconds: without a word for so long, this machine slept, or it is away. */
const SILENT_MS = 25_000;

/**
 * Keeps the cache up to date with the server over one socket.
 *
 * It watches first and asks for what is missing with that same request, so nothing falls between reading
 * and watching; after every loss, resync or hole it asks again from the last event without a hole.
 */
export class LiveConnection {
  readonly #cache: LiveCache;
  readonly #clock: ServerClock;
  readonly #link: ConnectionStatusStore;
  readonly #recording: RecordingStore;
  readonly #timeZone: () => string;
  readonly #onRefused: () => void;
  readonly #onOutdated: () => void;
  readonly #onGone: () => void;
  readonly #socket: ClientSocket;
  readonly #meetings = new Map<string, Watch>();
  readonly #deskWatchers = new Set<DeskWatcher>();
  readonly #deskAsk: Asking = { asking: false, askAgain: false };
  readonly #liveAsk: Asking = { asking: false, askAgain: false };
  readonly #jitter: () => Ms;
  /** How many meetings in progress are asked for. */
  #first = FIRST_MEETINGS;
  #resync: ReturnType<typeof setTimeout> | null = null;
  #retry: ReturnType<typeof setTimeout> | null = null;
  #closed = false;
  #isOutdated = false;
  /** Everything was read again, because of a message that could not be read. */
  #hasReread = false;
  #isGone = false;
  /** When the last message arrived, of any kind: a ping too. */
  #lastReceivedAt: Ms = 0;
  /** What is not read yet since the connection is back: `live`, `desk`, or a meeting. */
  readonly #behind = new Set<string>();
  readonly #stopLooking: () => void;
  /** When the page was last asked to renew its session; `null` since it was let in. */
  #renewedAt: Ms | null = null;

  constructor(open: OpenSocket, parts: ConnectionParts) {
    const { cache, clock, link, recording, timeZone, onRefused, onOutdated, onGone, jitter } =
      parts;
    this.#cache = cache;
    this.#recording = recording;
    this.#clock = clock;
    this.#link = link;
    this.#timeZone = timeZone;
    this.#onRefused = onRefused;
    this.#onOutdated = onOutdated;
    this.#onGone = onGone;
    this.#jitter = jitter ?? (() => Math.random() * JITTER_MS);
    this.#socket = open(this.#listener());
    this.#stopLooking = clock.subscribe(() => this.#look());
    // Not at once: React opens twice in development, and the first must not be seen by the server.
    queueMicrotask(() => {
      if (!this.#closed) this.#socket.connect();
    });
  }

  close(): void {
    this.#closed = true;
    this.#stopLooking();
    if (this.#retry !== null) clearTimeout(this.#retry);
    if (this.#resync !== null) clearTimeout(this.#resync);
    this.#socket.close();
  }

  /** Reads the first `first` meetings in progress, and as many with every snapshot from then on. */
  readMore(first: number): Promise<void> {
    this.#first = first;
    return this.#askLive();
  }

  /** Reads the live snapshot again: today is counted in another zone now. */
  readAgain(): void {
    void this.#askLive();
    void this.#askDesk();
  }

  /** Watches a meeting whose facts are already in the cache. Returns a function that stops it. */
  watch(id: string, watcher: MeetingWatcher): () => void {
    const watch = this.#meetings.get(id) ?? { watchers: new Set(), asking: false, askAgain: false };
    this.#meetings.set(id, watch);
    watch.watchers.add(watcher);
    void this.#askMeeting(id);
    return () => {
      watch.watchers.delete(watcher);
      if (watch.watchers.size > 0 || this.#meetings.get(id) !== watch) return;
      this.#meetings.delete(id);
      this.#caughtUp(id);
      if (this.#socket.connected) this.#socket.unwatch(id);
    };
  }

  /** Watches the desk of today in the page's zone. Returns a function that stops it. */
  watchDesk(watcher: DeskWatcher): () => void {
    this.#deskWatchers.add(watcher);
    void this.#askDesk();
    return () => {
      this.#deskWatchers.delete(watcher);
      if (this.#deskWatchers.size > 0) return;
      this.#caughtUp("desk");
      if (this.#socket.connected) this.#socket.unwatch("desk");
    };
  }

  #listener(): LiveListener {
    return {
      connected: () => {
        this.#renewedAt = null;
        this.#lastReceivedAt = this.#clock.exactly();
        this.#behind.add("live");
        if (this.#deskWatchers.size > 0) this.#behind.add("desk");
        for (const id of this.#meetings.keys()) this.#behind.add(id);
        this.#recording.beginAnew();
        this.#askEverything();
      },
      pinged: () => {
        this.#lastReceivedAt = this.#clock.exactly();
      },
      looked: () => this.#look(),
      lost: (final, isSilent) => {
        // What is told of it after this machine slept happened long before.
        this.#setLost(isSilent || this.#isSilent() ? this.#lastReceivedAt : this.#clock.exactly());
        if (final) this.#tryAgainSoon();
      },
      unavailable: (halted, final) => {
        this.#recording.storeHalted(halted);
        this.#setLost();
        if (final) this.#tryAgainSoon();
      },
      refused: () => {
        this.#setLost();
        // The page renews the session if it can. Seldom: it reads everything again, and perhaps in vain.
        const now = this.#clock.exactly();
        if (this.#renewedAt === null || now - this.#renewedAt >= RENEW_EVERY_MS) {
          this.#renewedAt = now;
          this.#onRefused();
        }
        this.#tryAgainSoon();
      },
      outdated: () => this.#outdated(),
      unreadable: () => {
        // What is asked already may have been meant to mend it; else everything is read once more.
        if (this.#resync !== null) return;
        if (this.#hasReread) return this.#outdated();
        this.#hasReread = true;
        this.#resyncSoon();
      },
      pushes: {
        "meeting:events": ({ id, events, as_of, ...elsewhere }) => {
          this.#noteServerTime(as_of);
          if (this.#cache.applyEvents(id, events, as_of, elsewhere)) void this.#askMeeting(id);
        },
        "floor:changed": (push) => {
          this.#noteServerTime(push.as_of);
          if (this.#cache.applyPush(push)) void this.#askLive();
        },
        "desk:changed": (change) => {
          this.#noteServerTime(change.as_of);
          for (const watcher of this.#deskWatchers) watcher.changed(change);
        },
        "recording:changed": ({ recording, as_of }) => {
          this.#noteServerTime(as_of);
          this.#recording.store(recording);
        },
        "live:resync": (why) => {
          this.#isGone ||= why?.gone === true;
          this.#resyncSoon();
        },
        "meeting:merged": ({ id, into }) => this.#merged(id, into),
      },
    };
  }

  #askEverything(): void {
    void this.#askLive();
    void this.#askDesk();
    for (const id of this.#meetings.keys()) void this.#askMeeting(id);
  }

  #askLive(): Promise<void> {
    return this.#ask(this.#liveAsk, async () => {
      const answer = await this.#socket.watchLive(this.#first, this.#timeZone());
      if (!answer.ok) return this.#tryAgainSoon();
      this.#noteServerTime(answer.floor.as_of);
      this.#cache.applySnapshot(answer.floor);
      this.#recording.store(answer.floor.recording);
      this.#caughtUp("live");
    });
  }

  /** Once all that is shown was read again, the page is up to date. */
  #caughtUp(of: string): void {
    if (!this.#behind.delete(of) && this.#link.get().state === "live") return;
    if (this.#behind.size === 0 && this.#socket.connected)
      this.#link.set("live", this.#clock.exactly());
  }

  #isSilent(): boolean {
    return this.#lastReceivedAt > 0 && this.#clock.exactly() - this.#lastReceivedAt > SILENT_MS;
  }

  /** After a sleep the browser believes in its connection for some seconds more: nobody else is to. */
  #look(): void {
    if (this.#closed || this.#link.get().state !== "live" || !this.#isSilent()) return;
    this.#setLost(this.#lastReceivedAt);
    this.#socket.reconnect();
  }

  #askDesk(): Promise<void> {
    return this.#ask(this.#deskAsk, async () => {
      if (this.#deskWatchers.size === 0) return;
      const answer = await this.#socket.watchDesk(this.#timeZone());
      if (!answer.ok) return this.#tryAgainSoon();
      for (const watcher of this.#deskWatchers) watcher.read(answer.desk);
      this.#caughtUp("desk");
    });
  }

  #askMeeting(id: string): Promise<void> {
    return this.#ask(this.#meetings.get(id), () => this.#watchMeeting(id));
  }

  /** One request of a kind at a time; a request made meanwhile is repeated once after it. */
  async #ask(ask: Asking | undefined, request: () => Promise<void>): Promise<void> {
    if (ask === undefined || !this.#socket.connected) return;
    ask.askAgain = ask.asking;
    if (ask.asking) return;
    ask.asking = true;
    try {
      await request();
    } catch {
      // Unanswered: either the connection is gone and its return asks again, or we do.
      this.#tryAgainSoon();
    } finally {
      ask.asking = false;
    }
    if (ask.askAgain) await this.#ask(ask, request);
  }

  async #watchMeeting(id: string): Promise<void> {
    // Nobody watches it any more.
    if (!this.#meetings.has(id)) return;
    const answer = await this.#socket.watchMeeting(id, this.#cache.seqOf(id));
    if (!answer.ok) {
      if (answer.error.code !== "not_found") return this.#tryAgainSoon();
      for (const watcher of this.#watchersOf(id)) watcher.unknown();
      this.#caughtUp(id);
    } else if ("into" in answer) {
      this.#merged(id, answer.into);
      this.#caughtUp(id);
    } else {
      this.#noteServerTime(answer.as_of);
      this.#cache.applyEvents(id, answer.events, answer.as_of, answer);
      this.#caughtUp(id);
    }
  }

  #merged(id: string, into: string): void {
    this.#cache.applyMerge(id, into);
    for (const watcher of this.#watchersOf(id)) watcher.merged(into);
  }

  #watchersOf(id: string): MeetingWatcher[] {
    return [...(this.#meetings.get(id)?.watchers ?? [])];
  }

  #noteServerTime(asOf: WireTime): void {
    this.#clock.adjust(fromWireTime(asOf));
    this.#lastReceivedAt = this.#clock.exactly();
  }

  #setLost(since = this.#clock.exactly()): void {
    if (!this.#closed) this.#link.set("lost", since);
  }

  /** The page cannot follow this server: it says so, and asks no more. */
  #outdated(): void {
    if (this.#isOutdated) return;
    this.#isOutdated = true;
    this.#setLost();
    this.#socket.close();
    this.#onOutdated();
  }

  #tryAgainSoon(): void {
    if (this.#closed || this.#isOutdated || this.#retry !== null) return;
    this.#retry = setTimeout(() => {
      this.#retry = null;
      if (this.#isOutdated) return;
      if (this.#socket.connected) this.#askEverything();
      else this.#socket.connect();
    }, TRY_AGAIN_MS + this.#jitter());
  }

  /** All browsers get the resync at the same moment, and must not all read again at the same moment. */
  #resyncSoon(): void {
    this.#resync ??= setTimeout(() => {
      this.#resync = null;
      if (this.#isGone) this.#onGone();
      this.#isGone = false;
      if (this.#socket.connected) this.#askEverything();
    }, this.#jitter());
  }
}
