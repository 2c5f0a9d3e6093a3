import type { ClientSocket, LiveListener, OpenSocket } from "#components/sync/live-socket.ts";
import type { Recorded } from "#domain/event/recorded.ts";
import type { DeskSnapshot } from "#domain/live/desk-wire.ts";
import type { Recording } from "#domain/live/recording.ts";
import type {
  LiveSnapshot,
  WatchDeskAck,
  WatchLiveAck,
  WatchMeetingAck,
} from "#domain/live/wire.ts";
import { at } from "./facts.ts";

/** The server's end of a socket: has the true facts, answers watches, and pushes on the test's demand. */
export class FakeServer {
  floor: LiveSnapshot;
  /** The desk, where a test has one. */
  desk: DeskSnapshot | null = null;
  /** Every event of each meeting, as in the database. */
  readonly meetings = new Map<string, Recorded[]>();
  readonly merged = new Map<string, string>();
  /** The watches that were asked for, in order. */
  readonly asked: string[] = [];
  /** How many meetings in progress were asked for, each time. */
  readonly wanted: number[] = [];
  /** The zone for which today was asked, each time. */
  readonly zones: string[] = [];
  /** Refuses every connection, as without a session. */
  refuses = false;
  /** Its database does not answer. */
  isAway = false;
  #listener: LiveListener | null = null;
  #connected = false;
  #pings: ReturnType<typeof setInterval> | null = null;

  constructor(live: LiveSnapshot) {
    this.floor = live;
  }

  open: OpenSocket = (listener) => {
    this.#listener = listener;
    const isConnected = () => this.#connected;
    const socket: ClientSocket = {
      get connected() {
        return isConnected();
      },
      connect: () => this.connect(),
      reconnect: () => this.connect(),
      close: () => this.#isGone(),
      watchLive: async (first, zone) => this.#liveAnswer(first, zone),
      watchMeeting: async (id, afterSeq) => this.#meetingAnswer(id, afterSeq),
      watchDesk: async () => this.#deskAnswer(),
      unwatch: (id) => void this.asked.push(`unwatch ${id}`),
    };
    return socket;
  };

  connect(): void {
    this.#isGone();
    this.#connected = !this.refuses;
    if (this.refuses) {
      this.#listener?.refused();
      return;
    }
    // As a server does: a client that is told nothing for long does not believe what it shows.
    this.#pings = setInterval(() => this.beat(), 10_000);
    this.#listener?.connected();
  }

  #isGone(): void {
    this.#connected = false;
    if (this.#pings !== null) clearInterval(this.#pings);
    this.#pings = null;
  }

  /** The server is there and its database is not: it refuses the connection with the reason. */
  turnAway(halted: Recording["halted"]): void {
    this.#isGone();
    this.#listener?.unavailable(halted, false);
  }

  drop(final = false): void {
    this.#isGone();
    this.#listener?.lost(final, false);
  }

  /** Sends a ping, as it does from time to time. */
  beat(): void {
    this.#listener?.pinged();
  }

  /** Somebody comes back to the page. */
  look(): void {
    this.#listener?.looked();
  }

  /** Has sent nothing for so long that the client counts the connection as lost. */
  fallSilent(): void {
    this.#isGone();
    this.#listener?.lost(false, true);
  }

  get push() {
    if (this.#listener === null) throw new Error("Nobody has connected");
    return this.#listener.pushes;
  }

  pushEvents(id: string, events: Recorded[]): void {
    this.push["meeting:events"]({ id, events, as_of: at("10:42:11") });
  }

  #deskAnswer(): WatchDeskAck {
    this.asked.push("desk");
    if (!this.#connected) throw new Error("operation has timed out");
    if (this.desk === null) return { ok: false, error: { code: "unavailable", message: "Try." } };
    return { ok: true, desk: this.desk };
  }

  #liveAnswer(first: number, zone: string): WatchLiveAck {
    this.zones.push(zone);
    this.wanted.push(first);
    this.asked.push("floor");
    if (!this.#connected) throw new Error("operation has timed out");
    if (this.isAway) return { ok: false, error: { code: "unavailable", message: "Try again." } };
    return { ok: true, floor: this.floor };
  }

  #meetingAnswer(id: string, afterSeq: number): WatchMeetingAck {
    this.asked.push(`${id} after ${afterSeq}`);
    if (!this.#connected) throw new Error("operation has timed out");
    if (this.isAway) return { ok: false, error: { code: "unavailable", message: "Try again." } };
    const into = this.merged.get(id);
    if (into !== undefined) return { ok: true, id, into };
    const events = this.meetings.get(id);
    if (events === undefined) {
      return { ok: false, error: { code: "not_found", message: "No such meeting." } };
    }
    const missing = events.filter(({ seq }) => seq > afterSeq);
    return {
      ok: true,
      id,
      seq: events.length,
      events: missing,
      returned: [],
      overtaken_at: null,
      as_of: at("10:42:10"),
    };
  }
}
