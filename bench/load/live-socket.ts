import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";

/*
 * A minimal Socket.IO client on a TCP connection: a thousand complete ones would use the processor that is to be
 * measured. The server's frames are not masked and not compressed.
 */

const PING = "2";
const PONG = "3";
const CONNECTED = "40";
const REFUSED = "44";
/** The answer to the request we number 0. */
const ANSWER = "430";
const EVENT = "42";

export interface WatchingSocket {
  close(): void;
}

/**
 * Connects, asks to watch one meeting, and resolves when that was answered. `onText` gets the text of that answer
 * and of every event, from its bracket on.
 */
export async function watchMeeting(
  options: { port: number; token: string; meeting: string },
  onText: (text: string) => void,
): Promise<WatchingSocket> {
  const socket = connect({ host: "127.0.0.1", port: options.port, noDelay: true });
  await once(socket, "connect");
  socket.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nhost: 127.0.0.1:${options.port}\r\n` +
      "connection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n" +
      `sec-websocket-key: ${randomBytes(16).toString("base64")}\r\n\r\n`,
  );
  await new Promise<void>((resolve, reject) => {
    const ask = JSON.stringify(["watch:meeting", { id: options.meeting, after_seq: 0 }]);
    const onFrame = (text: string): void => {
      if (text === PING) sendText(socket, PONG);
      else if (text.startsWith("0"))
        sendText(socket, `40${JSON.stringify({ token: options.token })}`);
      else if (text.startsWith(CONNECTED)) sendText(socket, `420${ask}`);
      else if (text.startsWith(REFUSED)) reject(new Error(`refused: ${text}`));
      else if (text.startsWith(ANSWER)) {
        onText(text.slice(ANSWER.length));
        resolve();
      } else if (text.startsWith(EVENT)) onText(text.slice(EVENT.length));
    };
    readFrames(socket, onFrame);
    socket.once("error", reject);
  });
  return { close: () => void socket.destroy() };
}

/** A client's frames are masked; a mask of zeros leaves the text as it is. */
function sendText(socket: Socket, text: string): void {
  const payload = Buffer.from(text);
  const long = payload.length > 125;
  const head = Buffer.alloc(long ? 8 : 6);
  head[0] = 0x81;
  head[1] = 0x80 | (long ? 126 : payload.length);
  if (long) head.writeUInt16BE(payload.length, 2);
  socket.write(Buffer.concat([head, payload]));
}

function readFrames(socket: Socket, onFrame: (text: string) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  let upgraded = false;
  socket.on("data", (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (!upgraded) {
      const end = rest.indexOf("\r\n\r\n");
      if (end < 0) return;
      if (!rest.toString("latin1", 0, 12).endsWith("101")) throw new Error("not upgraded");
      upgraded = true;
      rest = rest.subarray(end + 4);
    }
    for (;;) {
      const frame = frameIn(rest);
      if (frame === null) return;
      rest = rest.subarray(frame.to);
      if (frame.text) onFrame(frame.text);
    }
  });
}

/** The first complete frame; its text is empty for a frame that is not text. */
function frameIn(bytes: Buffer): { text: string; to: number } | null {
  if (bytes.length < 2) return null;
  const short = bytes.readUInt8(1) & 0x7f;
  const from = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < from) return null;
  const length =
    short === 126
      ? bytes.readUInt16BE(2)
      : short === 127
        ? Number(bytes.readBigUInt64BE(2))
        : short;
  const to = from + length;
  if (bytes.length < to) return null;
  const isText = (bytes.readUInt8(0) & 0x0f) === 1;
  return { text: isText ? bytes.toString("latin1", from, to) : "", to };
}
