import type { Socket } from "socket.io-client";
import type { ClientToServer, ServerToClient } from "#domain/live/wire.ts";

/** A connection to the live channel, with its messages. */
export type ChannelSocket = Socket<ServerToClient, ClientToServer>;

/** Does something within the next second: after a resync all clients would ask at the same moment. */
export type Soon = (work: () => void) => void;
