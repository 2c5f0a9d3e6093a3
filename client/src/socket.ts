import type { Socket } from "socket.io-client";
import type { ClientToServer, RefusedAck, ServerToClient } from "#domain/live/wire.ts";

/** A connection to the live channel, with its messages. */
export type ChannelSocket = Socket<ServerToClient, ClientToServer>;

/** Does something within the next second: after a resync all clients would ask at the same moment. */
export type Soon = (work: () => void) => void;

/** Asks again for what the server could not answer just now; any other refusal is told. */
export function afterRefusal(
  { error: { code, message } }: RefusedAck,
  again: () => void,
  handlers: { refused?(code: string, message: string): void },
): void {
  if (code === "unavailable" || code === "too_many") again();
  else handlers.refused?.(code, message);
}
