import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Attempt } from "./attempts.ts";

/** The answer; `null` where the connection was ended without one. */
export type HostileAnswer = { status: number; head: string; body: string } | null;

/** An attempt that was neither answered nor ended. */
export class HangingAttempt extends Error {
  override name = "HangingAttempt";
}

/** Longer than the server waits for the slowest of bodies before it answers. */
const DEADLINE_MS = 45_000;

/** One connection after the other to a server, each used for as long as it can be. */
export class HostileCaller {
  readonly #port: number;
  #socket: Socket | null = null;

  constructor(port: number) {
    this.#port = port;
  }

  async send(attempt: Attempt): Promise<HostileAnswer> {
    const isUsed = this.#socket !== null;
    const answer = await this.#once(attempt);
    // A server may end an idle connection at the very moment it is used again.
    return answer === null && isUsed ? this.#once(attempt) : answer;
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = null;
  }

  async #once({ bytes, method, what, isSound }: Attempt): Promise<HostileAnswer> {
    const socket = this.#socket ?? connect(this.#port, "127.0.0.1");
    this.#socket = socket;
    const reply = reading(socket, method);
    socket.write(bytes);
    if (!isSound) socket.end();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new HangingAttempt(what)), DEADLINE_MS);
    });
    try {
      const { answer, isOver } = await Promise.race([reply, late]);
      // The connection changed its protocol: the server ends it, once it has read all and sees the end.
      if (answer?.status === 101) await Promise.race([ended(socket), late]);
      if (isOver || !isSound || answer?.status === 101) this.close();
      return answer;
    } catch (error) {
      this.close();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}

async function ended(socket: Socket): Promise<void> {
  socket.end().resume();
  if (!socket.closed) await once(socket, "close");
}

/** Reads one answer; interim ones are skipped. */
function reading(
  socket: Socket,
  method: string,
): Promise<{ answer: HostileAnswer; isOver: boolean }> {
  return new Promise((resolve) => {
    let text = "";
    const done = (answer: HostileAnswer, isOver: boolean) => {
      socket.removeAllListeners("data").removeAllListeners("close").removeAllListeners("error");
      socket.on("error", () => undefined);
      resolve({ answer, isOver });
    };
    socket.on("data", (chunk) => {
      text = (text + chunk.toString("latin1")).replace(/^HTTP\/1.1 10[02][\s\S]*?\r\n\r\n/, "");
      const answer = wholeOf(text, method);
      if (answer !== null) done(answer, /^connection: close/im.test(answer.head));
    });
    socket.on("error", () => undefined);
    socket.on("close", () => done(untilEnd(text), true));
  });
}

function wholeOf(text: string, method: string): HostileAnswer {
  const parted = untilEnd(text);
  if (parted === null) return null;
  const { status, head, body } = parted;
  if (method === "HEAD" || status === 101 || status === 204 || status === 304) return parted;
  const length = /^content-length: (\d+)/im.exec(head)?.[1];
  if (length !== undefined) return body.length >= Number(length) ? parted : null;
  if (/^transfer-encoding: chunked/im.test(head)) return isComplete(body) ? parted : null;
  return null;
}

function untilEnd(text: string): HostileAnswer {
  const end = text.indexOf("\r\n\r\n");
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1];
  if (end < 0 || status === undefined) return null;
  return { status: Number(status), head: text.slice(0, end), body: text.slice(end + 4) };
}

/** Whether the last chunk of a body has come. */
function isComplete(body: string): boolean {
  for (let at = 0; ; ) {
    const end = body.indexOf("\r\n", at);
    if (end < 0) return false;
    const length = Number.parseInt(body.slice(at, end), 16);
    if (length === 0) return body.length >= end + 4;
    at = end + 2 + length + 2;
  }
}
