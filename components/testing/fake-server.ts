import type { ClientSocket, LiveListener, OpenSocket } from "#components/sync/live-socket.ts";
import type { Recorded } from "#domain/event/recorded.ts";
import type { Recording } from "#domain/live/recording.ts";
import type { LiveSnapshot, WatchLiveAck, WatchMeetingAck } from "#domain/live/wire.ts";
import { at } from "./facts.ts";

/** The other end of the socket: holds the truth, answers watches, and pushes what it is told to. */
export class FakeServer {
  floor: LiveSnapshot;
  /** Every event of each meeting, as the database holds them. */
  readonly meetings = new Map<string, Recorded[]>();
  readonly merged = new Map<string, string>();
  /** The watches that were asked for, in order. */
  readonly asked: string[] = [];
  /** How many meetings of the floor were asked for, each time. */
  readonly wanted: number[] = [];
  /** And of which zone today was asked for. */
  readonly zones: string[] = [];
  /** Does not know who asks. */
  refuses = false;
  /** Its database does not answer. */
  isAway = false;
  #listener: LiveListener | null = null;
  #connected = false;

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
      close: () => {
        this.#connected = false;
      },
      watchFloor: async (first, zone) => this.#liveAnswer(first, zone),
      watchMeeting: async (id, afterSeq) => this.#meetingAnswer(id, afterSeq),
      unwatch: (id) => void this.asked.push(`unwatch ${id}`),
    };
    return socket;
  };

  connect(): void {
    this.#connected = !this.refuses;
    if (this.refuses) this.#listener?.refused();
    else this.#listener?.connected();
  }

  /** It is there, and its database is not: nobody is let in. */
  turnAway(halted: Recording["halted"]): void {
    this.#connected = false;
    this.#listener?.unavailable(halted, false);
  }

  drop(final = false): void {
    this.#connected = false;
    this.#listener?.lost(final, false);
  }

  /** Says that it is there, as it does from time to time. */
  beat(): void {
    this.#listener?.heard();
  }

  /** Was not heard of for so long that it is taken for gone. */
  fallSilent(): void {
    this.#connected = false;
    this.#listener?.lost(false, true);
  }

  get push() {
    if (this.#listener === null) throw new Error("Nobody has connected");
    return this.#listener.pushes;
  }

  pushEvents(id: string, events: Recorded[]): void {
    this.push["meeting:events"]({ id, events, as_of: at("10:42:11") });
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
