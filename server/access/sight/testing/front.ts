import type { IncomingMessage, ServerResponse } from "node:http";
import { pageAdmission } from "#server/http/gate/admit-page.ts";
import type { Caller } from "#server/http/gate/caller.ts";
import { createGate, type GateHandler } from "#server/http/gate/gate.ts";
import { answerOf } from "#server/http/testing/routes.ts";
import { type LiveTestServer, openLiveTestServer } from "#server/live/testing/live-server.ts";
import { Networks } from "#server/runtime/networks.ts";
import { SECRET, type TestApp } from "#server/testing/test-app.ts";
import { drawn, PARTS, pages, type SightPage } from "./pages.ts";

/** A server as others reach it: the gate, and behind it the real routes, pages and sockets. */
export interface Front {
  url: string;
  live: LiveTestServer;
  close(): Promise<void>;
}

/** Opens it over a test app in which somebody is the owner. The page framework alone is not there. */
export async function openFront(app: TestApp): Promise<Front> {
  const nothing: GateHandler = async (_, res) => void res.writeHead(404).end();
  const { orm } = app.database;
  const note = (about: object, message: string) => void app.log.push({ about, message });
  const gate = createGate({
    ...{ development: false, publicUrl: null, proxies: Networks.none },
    inside: {
      signIn: Promise.resolve(() => "required"),
      webhooks: Promise.resolve(nothing),
      pages: Promise.resolve({
        admit: pageAdmission({ orm, secret: SECRET, now: Date.now }),
        handle: (req, res, caller) => handle(req, res, caller).catch((error) => fail(res, error)),
      }),
      sockets: Promise.resolve(),
    },
    log: { warn: note, error: note },
  });
  const listener = gate.listener("own");
  const live = await openLiveTestServer(app, {
    sockets: gate.sockets,
    listening: listener.http,
  });
  return {
    ...{ url: live.url, live },
    async close() {
      await live.close();
      listener.close();
      await listener.closed();
    },
  };
}

/** What a test did not expect of an answer is a 500, with the reason for whoever asked. */
function fail(res: ServerResponse, error: unknown): void {
  res.writeHead(500).end(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

async function handle(
  req: IncomingMessage,
  res: ServerResponse,
  caller: Caller | null,
): Promise<void> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(req.headers)) {
    if (typeof value === "string") headers[name] = value;
  }
  const url = new URL(req.url ?? "/", `http://${req.headers.host}`);
  if (!url.pathname.startsWith("/api/")) return drawPage(url, res, caller, headers);
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(Buffer.from(chunk));
  const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {};
  const answer = await answerOf(
    new Request(url, { method: req.method ?? "GET", headers, ...body }),
  );
  res.writeHead(answer.status, Object.fromEntries(answer.headers));
  res.end(Buffer.from(await answer.arrayBuffer()));
}

async function drawPage(
  url: URL,
  res: ServerResponse,
  caller: Caller | null,
  headers: Record<string, string>,
): Promise<void> {
  const found = pageAt(url.pathname);
  if (found === null) throw new Error(`no page for ${url.pathname}`);
  const asked = { id: found.id, query: Object.fromEntries(url.searchParams) };
  const { status, texts } = await drawn(found.page, asked, caller, headers);
  res.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(texts.join("\n"));
}

/** The page at an address, the one that is called by its name before one that may be anything. */
function pageAt(path: string): { page: SightPage; id: string | null } | null {
  const own = path.split("/");
  const all = pages.toSorted((one, other) => (one.path > other.path ? -1 : 1));
  for (const page of all) {
    const parts = page.path.split("/");
    const isHere =
      parts.length === own.length &&
      parts.every((part, at) => part === own[at] || part.startsWith("["));
    if (!isHere) continue;
    const at = PARTS[page.path] === undefined ? -1 : parts.findIndex((one) => one.startsWith("["));
    return { page, id: at < 0 ? null : decodeURIComponent(own[at] ?? "") };
  }
  return null;
}
