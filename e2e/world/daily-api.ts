import { once } from "node:events";
import { createServer, type Server } from "node:http";

/** What was asked of Daily's API to make a webhook. */
export interface WebhookAsked {
  key: string | undefined;
  url: string;
  hmac: string;
  retryType: string;
}

/** What it lists where nothing happened. */
const NOTHING: Readonly<Record<string, string>> = {
  "/presence": "{}",
  "/meetings": '{"total_count":0,"data":[]}',
};

/** Daily's API on this machine: it pings a webhook before it has it, as Daily does. Nothing happened there. */
export class DailyApi {
  readonly asked: WebhookAsked[] = [];
  /** Whether the webhook that was made is switched off. */
  isOff = false;
  readonly #http: Server;

  constructor() {
    this.#http = createServer(async (req, res) => {
      const chunks: Buffer[] = [];
      for await (const chunk of req) chunks.push(Buffer.from(chunk));
      res.setHeader("content-type", "application/json");
      const path = new URL(req.url ?? "/", "http://localhost").pathname;
      if (req.method === "GET" && path === "/webhooks") return res.end(this.#webhooks());
      if (req.method === "GET") return res.end(NOTHING[path] ?? "[]");
      if (path.endsWith("/eject")) {
        const { ids } = JSON.parse(Buffer.concat(chunks).toString());
        return res.end(JSON.stringify({ ejectedIds: ids }));
      }
      const { url, hmac, retryType } = JSON.parse(Buffer.concat(chunks).toString());
      this.asked.push({ key: req.headers.authorization, url, hmac, retryType });
      const headers = { "content-type": "application/json" };
      const ping = await fetch(url, { method: "POST", headers, body: '{"test":"test"}' });
      if (ping.status === 200) {
        this.isOff = false;
        return res.end(JSON.stringify({ uuid: "w-1", url, hmac }));
      }
      res.statusCode = 400;
      return res.end(JSON.stringify({ error: "invalid-request-error", info: "non-200" }));
    });
  }

  #webhooks(): string {
    const last = this.asked.at(-1);
    if (last === undefined) return "[]";
    return JSON.stringify([
      { uuid: "w-1", url: last.url, state: this.isOff ? "FAILED" : "ACTIVE" },
    ]);
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
}
