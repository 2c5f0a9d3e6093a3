import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";

/** A webhook as it arrived. */
export interface Arrived {
  headers: IncomingHttpHeaders;
  body: string;
  at: number;
}

/** Somebody else's server, which answers as a test wants it. */
export interface Receiver {
  url: string;
  arrived: Arrived[];
  /** How the next ones are answered; each is 200 where nothing is said. */
  answer: (arrived: Arrived, response: ServerResponse) => void;
  close(): Promise<void>;
}

export async function openReceiver(): Promise<Receiver> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      const arrived = { headers: request.headers, body, at: Date.now() };
      receiver.arrived.push(arrived);
      receiver.answer(arrived, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/hooks`,
    arrived: [],
    answer: (_arrived, response) => response.end("thank you"),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return receiver;
}

/** The header of a webhook with one value. */
export function headerOf({ headers }: Arrived, name: string): string {
  const value = headers[name];
  return typeof value === "string" ? value : "";
}
