import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** A keep-alive HTTP connection with one request at a time: as cheap as a client can be. */
export interface HttpConnection {
  /** Resolves with the answer's status and body. Rejects when the connection ends. */
  send(request: Buffer): Promise<HttpAnswer>;
  close(): void;
}

export interface HttpAnswer {
  status: number;
  body: string;
}

export async function openConnection(port: number): Promise<HttpConnection> {
  const socket = connect({ host: "127.0.0.1", port, noDelay: true });
  await once(socket, "connect");
  return keepAlive(socket);
}

function keepAlive(socket: Socket): HttpConnection {
  let received = "";
  let waiting: { resolve: (answer: HttpAnswer) => void; reject: (error: Error) => void } | null =
    null;

  socket.setEncoding("latin1");
  socket.on("data", (chunk: string) => {
    received = received === "" ? chunk : received + chunk;
    const answer = whole(received);
    if (answer === null) return;
    received = "";
    const done = waiting;
    waiting = null;
    done?.resolve(answer);
  });
  const lost = (error: Error) => {
    waiting?.reject(error);
    waiting = null;
  };
  socket.on("error", lost);
  socket.on("close", () => lost(new Error("the server closed the connection")));

  return {
    send(request) {
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(request);
      });
    },
    close: () => void socket.end(),
  };
}

/** The answer in `received` once it is complete; else `null`. */
function whole(received: string): HttpAnswer | null {
  const head = received.indexOf("\r\n\r\n");
  if (head < 0) return null;
  const status = Number(received.slice(9, 12));
  const body = received.slice(head + 4);
  const length = /\r\ncontent-length: *(\d+)/i.exec(received)?.[1];
  if (length === undefined) return body.endsWith("0\r\n\r\n") ? { status, body } : null;
  return body.length >= Number(length) ? { status, body } : null;
}
