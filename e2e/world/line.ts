import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** A line between a browser and the server that can be cut: open connections break, new ones are refused. */
export class CuttableLine {
  readonly url: string;
  readonly #port: number;
  readonly #to: URL;
  #server: Server;
  readonly #open = new Set<Socket>();

  private constructor(to: string, server: Server, port: number) {
    this.url = `http://127.0.0.1:${port}`;
    this.#port = port;
    this.#to = new URL(to);
    this.#server = server;
    this.#carry();
  }

  static async to(baseUrl: string): Promise<CuttableLine> {
    const { server, port } = await listening(0);
    return new CuttableLine(baseUrl, server, port);
  }

  async cut(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const socket of this.#open) socket.destroy();
    await closed;
  }

  async mend(): Promise<void> {
    this.#server = (await listening(this.#port)).server;
    this.#carry();
  }

  #carry(): void {
    this.#server.on("connection", (near) => {
      const far = connect(Number(this.#to.port), this.#to.hostname);
      for (const socket of [near, far]) {
        this.#open.add(socket);
        socket.on("error", () => undefined);
        socket.on("close", () => {
          this.#open.delete(socket);
          near.destroy();
          far.destroy();
        });
      }
      near.pipe(far).pipe(near);
    });
  }
}

async function listening(port: number): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return { server, port: typeof address === "object" && address !== null ? address.port : 0 };
}
