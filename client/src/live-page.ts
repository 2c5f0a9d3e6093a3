import type {
  Happening,
  LiveMeeting,
  LiveSnapshot,
  ServerToClient,
  Today,
  WatchLiveAck,
} from "#domain/live/wire.ts";
import { afterRefusal, type ChannelSocket, type Soon } from "./socket.ts";

export interface LivePageHandlers {
  /** All meetings in progress by their ids, whenever one of them changed. */
  meetings(meetings: ReadonlyMap<string, LiveMeeting>, changed: readonly LiveMeeting[]): void;
  /** New lines of what happened, newest first. */
  happened?(lines: readonly Happening[]): void;
  /** The waits of today, whenever they were counted again. */
  today?(today: Today): void;
  /** It cannot be followed: `code` and `message` say why. */
  refused?(code: string, message: string): void;
}

type Push = Parameters<ServerToClient["floor:changed"]>[0];

/** Follows all meetings in progress. */
export class PageFollower {
  readonly #socket: ChannelSocket;
  readonly #handlers: LivePageHandlers;
  readonly #soon: Soon;
  #meetings = new Map<string, { row: LiveMeeting; asOf: string }>();
  readonly #told = new Set<string>();
  #isStopped = false;

  constructor(socket: ChannelSocket, handlers: LivePageHandlers, soon: Soon) {
    this.#socket = socket;
    this.#handlers = handlers;
    this.#soon = soon;
    socket.on("floor:changed", this.#changed);
    socket.on("meeting:merged", this.#merged);
  }

  watch(): void {
    if (this.#isStopped) return;
    this.#socket.emit("watch:floor", (answer) => this.#answered(answer));
  }

  stop(): void {
    this.#isStopped = true;
    this.#socket.off("floor:changed", this.#changed);
    this.#socket.off("meeting:merged", this.#merged);
  }

  #answered(answer: WatchLiveAck): void {
    if (this.#isStopped) return;
    if (answer.ok) this.#opened(answer.floor);
    else afterRefusal(answer, () => this.#soon(() => this.watch()), this.#handlers);
  }

  #opened({ meetings, happened, today, as_of }: LiveSnapshot): void {
    // A row that was pushed meanwhile is newer than the same in the answer.
    const before = this.#meetings;
    this.#meetings = new Map();
    for (const row of meetings) {
      const known = before.get(row.id);
      const isNewer = known !== undefined && isAfter(known.row, known.asOf, row, as_of);
      this.#meetings.set(row.id, isNewer ? known : { row, asOf: as_of });
    }
    this.#tellMeetings(meetings);
    this.#tell(happened);
    this.#handlers.today?.(today);
  }

  readonly #changed = ({ summaries, happened, today, as_of }: Push): void => {
    const changed = summaries.filter((row) => {
      const known = this.#meetings.get(row.id);
      return known === undefined || isAfter(row, as_of, known.row, known.asOf);
    });
    for (const row of changed) {
      if (row.status === "ended") this.#meetings.delete(row.id);
      else this.#meetings.set(row.id, { row, asOf: as_of });
    }
    if (changed.length > 0) this.#tellMeetings(changed);
    this.#tell(happened);
    if (today !== null) this.#handlers.today?.(today);
  };

  readonly #merged = ({ id }: { id: string }): void => {
    if (this.#meetings.delete(id)) this.#tellMeetings([]);
  };

  #tellMeetings(changed: readonly LiveMeeting[]): void {
    const all = [...this.#meetings].map(([id, { row }]) => [id, row] as const);
    this.#handlers.meetings(new Map(all), changed);
  }

  #tell(lines: readonly Happening[]): void {
    const fresh = lines.filter(({ id }) => !this.#told.has(id));
    // What an answer repeats is no more than its own lines: older ones need not be remembered.
    for (const { id } of fresh) this.#told.add(id);
    for (const id of this.#told) {
      if (this.#told.size <= MOST_TOLD) break;
      this.#told.delete(id);
    }
    if (fresh.length > 0) this.#handlers.happened?.(fresh);
  }
}

const MOST_TOLD = 1_000;

/** Whether one row of a meeting is newer than another: by its events, and then by when it was read. */
function isAfter(
  one: LiveMeeting,
  oneAsOf: string,
  other: LiveMeeting,
  otherAsOf: string,
): boolean {
  return one.seq === other.seq ? oneAsOf > otherAsOf : one.seq > other.seq;
}
