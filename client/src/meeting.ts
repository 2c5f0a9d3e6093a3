import type { Recorded } from "#domain/event/recorded.ts";
import type { ServerToClient, WatchMeetingAck } from "#domain/live/wire.ts";
import { afterRefusal, type ChannelSocket, type Soon } from "./socket.ts";

export interface MeetingHandlers {
  /** New events, each once, in the order of `seq`, which is that of recording: for who was when, sort by `at`. */
  events(events: readonly Recorded[]): void;
  /** The meeting is now part of another, which is followed from its first event: forget what came until now. */
  merged?(into: string): void;
  /** It cannot be followed, as one that does not exist: `code` and `message` say why. */
  refused?(code: string, message: string): void;
}

type Push = Parameters<ServerToClient["meeting:events"]>[0];

/** Follows one meeting: holes are filled, and what came twice or early is put right. */
export class MeetingFollower {
  readonly #socket: ChannelSocket;
  readonly #handlers: MeetingHandlers;
  readonly #soon: Soon;
  #id: string;
  /** Every event up to this one was handed on. */
  #seq = 0;
  /** Events that wait for the one before them. */
  readonly #early = new Map<number, Recorded>();
  /** The request that waits for its answer; another is sent after it where that is wanted. */
  #asked: { again: boolean } | null = null;
  #isStopped = false;

  constructor(socket: ChannelSocket, id: string, handlers: MeetingHandlers, soon: Soon) {
    this.#socket = socket;
    this.#id = id.toLowerCase();
    this.#handlers = handlers;
    this.#soon = soon;
    socket.on("meeting:events", this.#pushed);
    socket.on("meeting:merged", this.#merged);
    socket.on("disconnect", this.#forgotten);
  }

  watch(): void {
    if (this.#isStopped) return;
    if (this.#asked !== null) {
      this.#asked.again = true;
      return;
    }
    const asked = { again: false };
    this.#asked = asked;
    const id = this.#id;
    this.#socket.emit("watch:meeting", { id, after_seq: this.#seq }, (answer) => {
      // An answer to a connection before this one says nothing any more.
      if (this.#asked !== asked) return;
      this.#asked = null;
      if (id === this.#id) this.#answered(answer);
      if (asked.again) this.watch();
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#socket.off("meeting:events", this.#pushed);
    this.#socket.off("meeting:merged", this.#merged);
    this.#socket.off("disconnect", this.#forgotten);
    if (this.#socket.connected) this.#socket.emit("unwatch", { id: this.#id }, () => undefined);
  }

  #answered(answer: WatchMeetingAck): void {
    if (this.#isStopped) return;
    if (!answer.ok) {
      afterRefusal(answer, () => this.#soon(() => this.watch()), this.#handlers);
    } else if ("into" in answer) this.#moveTo(answer.into);
    else this.#take(answer.events);
  }

  readonly #pushed = ({ id, events }: Push): void => {
    if (id === this.#id) this.#take(events);
  };

  readonly #merged = ({ id, into }: { id: string; into: string }): void => {
    if (id !== this.#id) return;
    this.#socket.emit("unwatch", { id }, () => undefined);
    this.#moveTo(into);
  };

  readonly #forgotten = (): void => {
    this.#asked = null;
  };

  #moveTo(into: string): void {
    this.#id = into;
    this.#seq = 0;
    this.#early.clear();
    this.#handlers.merged?.(into);
    this.watch();
  }

  #take(events: readonly Recorded[]): void {
    for (const event of events) if (event.seq > this.#seq) this.#early.set(event.seq, event);
    const next: Recorded[] = [];
    for (;;) {
      const event = this.#early.get(this.#seq + 1);
      if (event === undefined) break;
      this.#early.delete(event.seq);
      this.#seq = event.seq;
      next.push(event);
    }
    if (next.length > 0) this.#handlers.events(next);
    if (this.#early.size > 0) this.watch();
  }
}
