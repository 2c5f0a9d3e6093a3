import type { Server, Socket } from "socket.io";
import type { ClientToServer, ServerToClient } from "#domain/live/wire.ts";
import type { Encoded } from "./encoded.ts";

/** The events of the wire, each with its arguments or with one text that was encoded already. */
type Sent = {
  [E in keyof ServerToClient]: (...push: Parameters<ServerToClient[E]> | [Encoded]) => void;
};

export type LiveServer = Server<ClientToServer, Sent>;

export type LiveSocket = Socket<ClientToServer, Sent>;
