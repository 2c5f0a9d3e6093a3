import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Ms } from "#domain/time/ms.ts";

/** A delivery of a script, as far as a provider's API gives anything of it back. */
export interface ToldDelivery {
  at: Ms;
  sendAt: Ms;
  room: string;
  body: string;
}

/** What goes wrong with the n-th call: `null` for nothing. */
export type CallFault = (call: number) => "busy" | "failed" | "cut" | "slow" | null;

export const FAULTLESS: CallFault = () => null;
/** Nearly every second call fails in one way or another, and never five times in a row. */
export const FAULTY: CallFault = (call) =>
  (({ 1: "busy", 3: "failed", 5: "cut", 8: "slow" }) as const)[call % 9] ?? null;

const SLOW_MS = 50;

/** A provider's API on this machine, over HTTP: what it answers is JSON, nothing for `null`, or 404 for `undefined`. */
export class StandIn {
  readonly calls: string[] = [];
  fault: CallFault = FAULTLESS;
  readonly #http: Server;
  readonly #key: string;
  readonly #answer: (url: URL, method: string, body: string) => unknown;

  constructor(authorization: string, answer: (url: URL, method: string, body: string) => unknown) {
    this.#key = authorization;
    this.#answer = answer;
    this.#http = createServer((req, res) => void this.#respond(req, res));
  }

  /** Its address. */
  async open(): Promise<string> {
    this.#http.listen(0, "127.0.0.1");
    await once(this.#http, "listening");
    const address = this.#http.address();
    return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  }

  close(): void {
    this.#http.closeAllConnections();
    this.#http.close();
  }

  async #respond(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(Buffer.from(chunk));
    const { method = "GET", url = "/" } = req;
    this.calls.push(url);
    res.setHeader("content-type", "application/json");
    if (req.headers.authorization !== this.#key) return end(res, 401, { error: "no such key" });
    const answer = this.#answer(
      new URL(url, "http://localhost"),
      method,
      String(Buffer.concat(chunks)),
    );
    const text = JSON.stringify(answer);
    switch (this.fault(this.calls.length)) {
      case "busy":
        res.setHeader("retry-after", "2");
        return end(res, 429, { error: "rate-limit-error" });
      case "failed":
        return end(res, 502, "<html>");
      case "cut":
        res.setHeader("content-length", "100000");
        res.write(String(text).slice(0, 20));
        setImmediate(() => res.destroy());
        return undefined;
      case "slow":
        setTimeout(() => res.end(text), SLOW_MS);
        return undefined;
      default:
        return answer === undefined ? end(res, 404, { error: "Not found" }) : end(res, 200, answer);
    }
  }
}

function end(res: ServerResponse, status: number, answer: unknown): void {
  res.statusCode = status;
  res.end(answer === null ? "" : JSON.stringify(answer));
}
