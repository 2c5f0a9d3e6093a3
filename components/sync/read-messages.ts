import type { Guard } from "#domain/live/guards.ts";
import { pushGuards } from "#domain/live/reading.ts";
import type { ServerToClient } from "#domain/live/wire.ts";

/** What is pushed to a page as it opens; alerts and acts are read by what shows them. */
export type PagePushes = Omit<ServerToClient, "alerts:changed" | "acts:changed">;

/** Who hears the messages, and where one cannot be read. */
interface Hearing {
  pushes: PagePushes;
  unreadable(): void;
}

/** Where messages come from. */
interface Sending {
  on(name: string, heard: (sent: unknown) => void): unknown;
}

/** Gives the listener what the server pushes and can be read, and tells it where something cannot. */
export function readMessages(socket: Sending, listener: Hearing): void {
  const { pushes } = listener;
  const hear = <Sent>(
    name: keyof ServerToClient,
    is: Guard<Sent>,
    give: (sent: Sent) => void,
  ): void => readMessage(socket, listener, name, is, give);
  hear("meeting:events", pushGuards["meeting:events"], pushes["meeting:events"]);
  hear("floor:changed", pushGuards["floor:changed"], pushes["floor:changed"]);
  hear("recording:changed", pushGuards["recording:changed"], pushes["recording:changed"]);
  hear("live:resync", pushGuards["live:resync"], pushes["live:resync"]);
  hear("meeting:merged", pushGuards["meeting:merged"], pushes["meeting:merged"]);
}

/** The same of one message. */
export function readMessage<Sent>(
  socket: Sending,
  listener: Hearing,
  name: keyof ServerToClient,
  is: Guard<Sent>,
  give: (sent: Sent) => void,
): void {
  socket.on(name, (sent) => {
    if (is(sent)) give(sent);
    else tell(name, listener);
  });
}

/** The answer to a request, where it can be read; else the listener is told, and it rejects. */
export async function readAnswer<Answer>(
  name: string,
  answer: Promise<unknown>,
  is: Guard<Answer>,
  listener: Hearing,
): Promise<Answer> {
  const sent = await answer;
  if (is(sent)) return sent;
  throw tell(name, listener);
}

function tell(name: string, listener: Hearing): Error {
  const error = new TypeError(`${name}: what the server sent cannot be read`);
  // biome-ignore lint/style/noProcessEnv: the build writes it in, so that only development says it.
  if (process.env.NODE_ENV === "development") reportError(error);
  listener.unreadable();
  return error;
}
