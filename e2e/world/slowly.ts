import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A proxy of a server that sends only the document's part before a given text, until it may go on. */
export interface SlowServer {
  url: string;
  goOn(): void;
  close(): void;
}

export async function slowly(baseUrl: string, until: string): Promise<SlowServer> {
  const { host, hostname, port } = new URL(baseUrl);
  const may = Promise.withResolvers<void>();
  const server = createServer((req, res) => {
    const headers = { ...req.headers, host, "accept-encoding": "identity" };
    const options = { hostname, port, path: req.url, method: req.method, headers };
    const isDocument = req.headers.accept?.includes("text/html") ?? false;
    const answered = (answer: IncomingMessage) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      if (isDocument) inTwo(answer, res).catch(() => res.destroy());
      else answer.pipe(res);
    };
    req.pipe(request(options, answered).on("error", () => res.destroy()));
  });

  async function inTwo(answer: IncomingMessage, res: ServerResponse): Promise<void> {
    const text = (await answer.setEncoding("utf8").toArray()).join("");
    const cut = text.indexOf(until);
    if (cut < 0) throw new Error(`nothing says ${until}`);
    res.write(text.slice(0, cut));
    await may.promise;
    res.end(text.slice(cut));
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address: AddressInfo | string | null = server.address();
  const own = typeof address === "object" ? address?.port : 0;
  return {
    url: `http://127.0.0.1:${own}/`,
    goOn: may.resolve,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
