import { io } from "socket.io-client";
import { DeskFollower, type DeskHandlers, type DeskOptions } from "./desk.ts";
import { type LivePageHandlers, PageFollower } from "./live-page.ts";
import { MeetingFollower, type MeetingHandlers } from "./meeting.ts";
import type { ChannelSocket, Soon } from "./socket.ts";

/**
 * `connecting` until the first connection; `live` while what is pushed arrives; `stale` since a moment (ms since 1970)
 * while it does not; `refused` for good, as with a key that is no good any more, with what the server said.
 */
export type ChannelState =
  | { kind: "connecting" }
  | { kind: "live" }
  | { kind: "stale"; since: number }
  | { kind: "refused"; reason: string };

export interface LiveOptions {
  /** Called with every change. What is shown is to be believed only while it is `live`. */
  onState?: (state: ChannelState) => void;
}

/** A connection to the live channel. It connects again by itself, and misses nothing. */
export interface LiveChannel {
  readonly state: ChannelState;
  /** Follows a meeting: every event once, in the order of `seq`. Returns how to stop. */
  watchMeeting(id: string, handlers: MeetingHandlers): () => void;
  /** Follows all meetings in progress. Returns how to stop. */
  watchAll(handlers: LivePageHandlers): () => void;
  /** Follows the board of today at the desk; one at a time. Returns how to stop. */
  watchDesk(handlers: DeskHandlers, options?: DeskOptions): () => void;
  close(): void;
}

const PROTOCOL = 1;
/** Every client is told to read again at the same moment. */
const SPREAD_MS = 1_000;

interface Follower {
  /** Asks for all that is missing. */
  watch(): void;
  stop(): void;
}

export function openLive({
  url,
  key,
  onState = () => undefined,
}: LiveOptions & { url: string; key: string }): LiveChannel {
  const socket: ChannelSocket = io(url, {
    transports: ["websocket"],
    auth: { token: key, protocol: PROTOCOL },
    forceNew: true,
  });
  const followers = new Set<Follower>();
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let state: ChannelState = { kind: "connecting" };
  let isClosed = false;
  const become = (next: ChannelState) => {
    state = next;
    onState(next);
  };
  const soon: Soon = (work) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, Math.random() * SPREAD_MS);
    timers.add(timer);
  };
  const watchAgain = () => {
    for (const follower of followers) follower.watch();
  };
  socket.on("connect", () => {
    become({ kind: "live" });
    watchAgain();
  });
  socket.on("disconnect", () => {
    if (state.kind === "live") become({ kind: "stale", since: Date.now() });
    // The library does not come back where the server ended the connection. If it was for the key, that is said then.
    if (!socket.active && !isClosed) soon(() => socket.connect());
  });
  socket.on("connect_error", ({ message }) => {
    // The library goes on by itself where nothing answered; after a refusal it does not.
    if (socket.active) return;
    if (message === "unavailable") soon(() => socket.connect());
    else become({ kind: "refused", reason: message });
  });
  socket.on("live:resync", () => soon(watchAgain));

  const follow = (follower: Follower) => {
    followers.add(follower);
    if (socket.connected) follower.watch();
    return () => {
      if (followers.delete(follower)) follower.stop();
    };
  };
  return {
    get state() {
      return state;
    },
    watchMeeting: (id, handlers) => follow(new MeetingFollower(socket, id, handlers, soon)),
    watchAll: (handlers) => follow(new PageFollower(socket, handlers, soon)),
    watchDesk: (handlers, options = {}) =>
      follow(new DeskFollower(socket, { options, handlers }, soon)),
    close() {
      isClosed = true;
      for (const timer of timers) clearTimeout(timer);
      for (const follower of followers) follower.stop();
      followers.clear();
      socket.close();
    },
  };
}
