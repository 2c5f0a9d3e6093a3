import { io, type Socket } from "socket.io-client";
import { isHalted, isWatchLiveAck, isWatchMeetingAck } from "#domain/live/reading.ts";
import type { Recording } from "#domain/live/recording.ts";
import {
  PROTOCOL,
  UNSUPPORTED_PROTOCOL,
  type WatchDeskAck,
  type WatchLiveAck,
  type WatchMeetingAck,
} from "#domain/live/wire.ts";
import { actsHeard, alertsHeard } from "./heard.ts";
import { type PagePushes, readAnswer, readMessage, readMessages } from "./read-messages.ts";

/** What a connection asks of a socket. A watch rejects where no answer comes in time. */
export interface ClientSocket {
  readonly connected: boolean;
  connect(): void;
  /** Gives up what it has and connects anew. */
  reconnect(): void;
  close(): void;
  /** Asks for at least the `first` meetings in progress, and for today in a zone. */
  watchLive(first: number, timeZone: string): Promise<WatchLiveAck>;
  watchMeeting(id: string, afterSeq: number): Promise<WatchMeetingAck>;
  /** Asks for the desk of today in a zone. */
  watchDesk(timeZone: string): Promise<WatchDeskAck>;
  /** A meeting, or `desk`. */
  unwatch(id: string): void;
}

/** What a socket reports. */
export interface LiveListener {
  connected(): void;
  /** A ping: the server is there. */
  pinged(): void;
  /** Somebody comes back to the page, or it goes on after it was frozen. */
  looked(): void;
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
  /** A message or an answer that this page cannot read. */
  unreadable(): void;
  pushes: PagePushes;
}

export type OpenSocket = (listener: LiveListener) => ClientSocket;

const ANSWER_WITHIN_MS = 8_000;
/** How the server says that it does not know us; another refusal only means that it cannot check. */
const UNAUTHORIZED = "unauthorized";

/** How a browser says that a page is looked at again. */
const BACK = ["visibilitychange", "resume"] as const;

const loadDeskReading = () => import("#domain/live/desk-reading.ts");

/** A socket that is not connected yet. */
function makeSocket(): Socket {
  // Untyped: what comes is read before it is believed.
  return io({
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
}

/** A socket that nobody listens to yet, and what it heard. */
interface EarlySocket {
  socket: Socket;
  heard: { name: string; args: unknown[] }[];
}

let early: EarlySocket | null = null;
/** Whether the page was taken over: from then on it opens its sockets itself. */
let isTakenOver = false;

/**
 * Connects while the page is still being taken over, which takes longer than to connect. The first `openSocket` takes
 * that connection, with all that came on it. Where it failed until then, that begins anew and is told why.
 */
export function connectEarly(): void {
  if (early !== null || isTakenOver) return;
  const own: EarlySocket = { socket: makeSocket(), heard: [] };
  early = own;
  own.socket.onAny((name: string, ...args: unknown[]) => void own.heard.push({ name, args }));
  const giveUp = () => {
    own.socket.close();
    if (early === own) early = null;
  };
  own.socket.once("connect_error", giveUp).once("disconnect", giveUp);
  own.socket.connect();
}

function takeEarly(): EarlySocket {
  const taken = early ?? { socket: makeSocket(), heard: [] };
  early = null;
  isTakenOver = true;
  taken.socket.offAny().off();
  return taken;
}

/** Opens a socket to the server this page came from. It does not connect before `connect()`. */
export function openSocket(listener: LiveListener): ClientSocket {
  const { socket, heard } = takeEarly();
  /** Whether the listener may know of a connection: not before it asks for one. */
  let isTold = false;
  socket.on("connect", listener.connected);
  socket.io.on("ping", listener.pinged);
  socket.on("disconnect", (reason) => listener.lost(!socket.active, reason === "ping timeout"));
  socket.on("connect_error", (error: Error & { data?: unknown }) => {
    if (error.message === UNAUTHORIZED) listener.refused();
    else if (error.message === UNSUPPORTED_PROTOCOL) listener.outdated();
    // Our own server adds this to a refusal; a proxy in between does not.
    else if (isHalted(error.data)) listener.unavailable(error.data, !socket.active);
    else listener.lost(!socket.active, false);
  });
  readMessages(socket, listener);
  socket.on("alerts:changed", alertsHeard.hear);
  socket.on("acts:changed", actsHeard.hear);
  // The network is back: there is nothing to wait for, and an attempt that is under way may never be answered.
  const tryAtOnce = () => {
    if (socket.active && !socket.connected) socket.disconnect().connect();
  };
  window.addEventListener("online", tryAtOnce);
  const { looked } = listener;
  for (const back of BACK) document.addEventListener(back, looked);
  const ask = (name: string, request: object): Promise<unknown> =>
    socket.timeout(ANSWER_WITHIN_MS).emitWithAck(name, request);
  let deskReading: ReturnType<typeof loadDeskReading> | null = null;
  /** How the desk is read, loaded when it is first watched; from then on its messages are heard. */
  const readDesk = () => {
    deskReading ??= loadDeskReading().then(
      (reading) => {
        const give = listener.pushes["desk:changed"];
        readMessage(socket, listener, "desk:changed", reading.isDeskChange, give);
        return reading;
      },
      (error: unknown) => {
        deskReading = null;
        throw error;
      },
    );
    return deskReading;
  };
  return {
    get connected() {
      return isTold && socket.connected;
    },
    connect: () => {
      isTold = true;
      // Asked to connect while it does, the client would ask the server twice, which ends the connection.
      if (!socket.active) return void socket.connect();
      if (!socket.connected) return;
      // It was connected before anybody listened.
      listener.connected();
      for (const { name, args } of heard.splice(0)) {
        for (const hear of socket.listeners(name)) hear(...args);
      }
    },
    reconnect: () => void socket.disconnect().connect(),
    close: () => {
      window.removeEventListener("online", tryAtOnce);
      for (const back of BACK) document.removeEventListener(back, looked);
      socket.close();
    },
    watchLive: (first, time_zone) =>
      readAnswer("watch:floor", ask("watch:floor", { first, time_zone }), isWatchLiveAck, listener),
    watchMeeting: (id, after_seq) =>
      readAnswer(
        "watch:meeting",
        ask("watch:meeting", { id, after_seq }),
        isWatchMeetingAck,
        listener,
      ),
    watchDesk: async (time_zone) => {
      const { isWatchDeskAck } = await readDesk();
      return readAnswer("watch:desk", ask("watch:desk", { time_zone }), isWatchDeskAck, listener);
    },
    unwatch: (id) => void socket.emit("unwatch", { id }, () => {}),
  };
}
