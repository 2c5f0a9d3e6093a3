import { io, type Socket } from "socket.io-client";
import type { Recording } from "#domain/live/recording.ts";
import {
  type ClientToServer,
  PROTOCOL,
  type ServerToClient,
  UNSUPPORTED_PROTOCOL,
  type WatchLiveAck,
  type WatchMeetingAck,
} from "#domain/live/wire.ts";

/** What a connection asks of a socket. A watch rejects where no answer comes in time. */
export interface ClientSocket {
  readonly connected: boolean;
  connect(): void;
  close(): void;
  /** Asks for at least the `first` meetings in progress, and for today in a zone. */
  watchLive(first: number, timeZone: string): Promise<WatchLiveAck>;
  watchMeeting(id: string, afterSeq: number): Promise<WatchMeetingAck>;
  unwatch(id: string): void;
}

/** What a socket reports. */
export interface LiveListener {
  connected(): void;
  /** A ping: the server is there. */
  pinged(): void;
  /**
   * The connection is gone; `final` where the client will not try again by itself. `isSilent` where its end was not
   * reported, as on a machine that slept: then it was lost when the last message arrived.
   */
  lost(final: boolean, isSilent: boolean): void;
  /** The server is there and admits no browser, because it can neither store nor read anything since then. */
  unavailable(halted: Recording["halted"], final: boolean): void;
  /** The server does not know us. */
  refused(): void;
  /** The server speaks another protocol. */
  outdated(): void;
  pushes: ServerToClient;
}

export type OpenSocket = (listener: LiveListener) => ClientSocket;

const ANSWER_WITHIN_MS = 8_000;
/** How the server says that it does not know us; another refusal only means that it cannot check. */
const UNAUTHORIZED = "unauthorized";

/** Opens a socket to the server this page came from. It does not connect before `connect()`. */
export function openSocket(listener: LiveListener): ClientSocket {
  const socket: Socket<ServerToClient, ClientToServer> = io({
    autoConnect: false,
    transports: ["websocket"],
    auth: { protocol: PROTOCOL },
    reconnectionDelay: 400,
    reconnectionDelayMax: 4_000,
    // All browsers that lost the server would otherwise come back to it at once.
    randomizationFactor: 0.8,
    // A network that swallows everything does not even refuse: give up on it and try again.
    timeout: ANSWER_WITHIN_MS,
  });
  const { pushes } = listener;
  socket.on("connect", listener.connected);
  socket.io.on("ping", listener.pinged);
  socket.on("disconnect", (reason) => listener.lost(!socket.active, reason === "ping timeout"));
  socket.on("connect_error", (error: Error & { data?: unknown }) => {
    if (error.message === UNAUTHORIZED) listener.refused();
    else if (error.message === UNSUPPORTED_PROTOCOL) listener.outdated();
    else if (isHalted(error.data)) listener.unavailable(error.data, !socket.active);
    else listener.lost(!socket.active, false);
  });
  socket.on("meeting:events", pushes["meeting:events"]);
  socket.on("floor:changed", pushes["floor:changed"]);
  socket.on("recording:changed", pushes["recording:changed"]);
  socket.on("live:resync", pushes["live:resync"]);
  socket.on("meeting:merged", pushes["meeting:merged"]);
  return {
    get connected() {
      return socket.connected;
    },
    connect: () => void socket.connect(),
    close: () => void socket.close(),
    watchLive: (first, time_zone) =>
      socket.timeout(ANSWER_WITHIN_MS).emitWithAck("watch:floor", { first, time_zone }),
    watchMeeting: (id, after_seq) =>
      socket.timeout(ANSWER_WITHIN_MS).emitWithAck("watch:meeting", { id, after_seq }),
    unwatch: (id) => void socket.emit("unwatch", { id }, () => {}),
  };
}

/** Our own server adds this to a refusal; a proxy in between does not. */
function isHalted(data: unknown): data is NonNullable<Recording["halted"]> {
  return typeof data === "object" && data !== null && "since" in data && "reason" in data;
}
