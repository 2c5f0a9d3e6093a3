import type {
  DeskChange,
  DeskDay,
  DeskLine,
  DeskSnapshot,
  LostWait,
} from "#domain/live/desk-wire.ts";
import { afterRefusal, type ChannelSocket, type Soon } from "./socket.ts";

/** The board of today: appointments and open rooms, who was lost, and the day in one line. */
export interface Desk {
  /** By their ids; their order means nothing. */
  lines: ReadonlyMap<string, DeskLine>;
  /** By the ids of the waits. */
  lost: ReadonlyMap<string, LostWait>;
  day: DeskDay;
}

export interface DeskHandlers {
  /** The whole board, whenever anything of it changed. */
  board(desk: Desk): void;
  /** It cannot be followed: `code` and `message` say why. */
  refused?(code: string, message: string): void;
}

export interface DeskOptions {
  /** The zone in which today begins; the installation's where it is left out. */
  timeZone?: string;
}

/** Follows the board of today. */
export class DeskFollower {
  readonly #socket: ChannelSocket;
  readonly #options: DeskOptions;
  readonly #handlers: DeskHandlers;
  readonly #soon: Soon;
  #desk: { lines: Map<string, DeskLine>; lost: Map<string, LostWait>; day: DeskDay } | null = null;
  #asOf = "";
  /** Came before the answer that they change. */
  #early: DeskChange[] = [];
  #isStopped = false;

  constructor(
    socket: ChannelSocket,
    { options, handlers }: { options: DeskOptions; handlers: DeskHandlers },
    soon: Soon,
  ) {
    this.#socket = socket;
    this.#options = options;
    this.#handlers = handlers;
    this.#soon = soon;
    socket.on("desk:changed", this.#changed);
  }

  watch(): void {
    if (this.#isStopped) return;
    const { timeZone } = this.#options;
    // What was pushed until now is in the answer.
    this.#desk = null;
    this.#early = [];
    const request = timeZone === undefined ? {} : { time_zone: timeZone };
    this.#socket.emit("watch:desk", request, (answer) => {
      if (this.#isStopped) return;
      if (answer.ok) this.#opened(answer.desk);
      else afterRefusal(answer, () => this.#soon(() => this.watch()), this.#handlers);
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#socket.off("desk:changed", this.#changed);
    if (this.#socket.connected) this.#socket.emit("unwatch", { id: "desk" }, () => undefined);
  }

  #opened({ lines, lost, day, as_of }: DeskSnapshot): void {
    this.#desk = { lines: byId(lines), lost: byId(lost), day };
    this.#asOf = as_of;
    for (const change of this.#early) this.#apply(change);
    this.#early = [];
    this.#tell();
  }

  readonly #changed = (change: DeskChange): void => {
    if (this.#desk === null) this.#early.push(change);
    else if (this.#apply(change)) this.#tell();
  };

  /** Whether it was newer than what is there. To apply one twice does no harm. */
  #apply({ lines, lost, gone, day, as_of }: DeskChange): boolean {
    if (this.#desk === null || as_of < this.#asOf) return false;
    for (const id of gone) {
      this.#desk.lines.delete(id);
      this.#desk.lost.delete(id);
    }
    for (const line of lines) this.#desk.lines.set(line.id, line);
    for (const wait of lost) this.#desk.lost.set(wait.id, wait);
    this.#desk.day = day;
    this.#asOf = as_of;
    return true;
  }

  #tell(): void {
    if (this.#desk === null) return;
    const { lines, lost, day } = this.#desk;
    this.#handlers.board({ lines: new Map(lines), lost: new Map(lost), day });
  }
}

function byId<Row extends { id: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}
