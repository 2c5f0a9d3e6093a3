import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { pressFiles } from "#server/boot/press.mjs";
import { compressedFiles } from "./compressed.ts";

const SCRIPT = "console.log('one of many');\n".repeat(200);
const folder = mkdtempSync(join(tmpdir(), "rollcall-pressed-"));
let server: Server;
let at = "";

beforeAll(async () => {
  mkdirSync(join(folder, "chunks"));
  writeFileSync(join(folder, "chunks/a.js"), SCRIPT);
  writeFileSync(join(folder, "chunks/a.woff2"), "letters");
  await pressFiles(folder);
  const handOut = compressedFiles(folder, "/_next/static/");
  server = createServer((req, res) => {
    if (!handOut(req, res)) res.end("from the framework");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  at = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

async function get(path: string, init: RequestInit = {}): Promise<[string | null, string]> {
  const answer = await fetch(`${at}${path}`, init);
  return [answer.headers.get("content-encoding"), await answer.text()];
}

const reads = (encoding: string) => ({ headers: { "accept-encoding": encoding } });

it("sends a compressed file to a browser that reads it, with how long it may be cached", async () => {
  const answer = await fetch(`${at}/_next/static/chunks/a.js`, reads("gzip, br"));
  expect(await answer.text()).toBe(SCRIPT);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-encoding": "br",
    "content-type": "application/javascript; charset=UTF-8",
    "cache-control": "public, max-age=31536000, immutable",
    vary: "Accept-Encoding",
  });
  expect(Number(answer.headers.get("content-length"))).toBeLessThan(SCRIPT.length / 10);
});

it("leaves all other requests to the framework", async () => {
  const others: [string, RequestInit][] = [
    ["/_next/static/chunks/a.js", reads("gzip")],
    ["/_next/static/chunks/a.js", reads("gzip, br;q=0")],
    ["/_next/static/chunks/a.js", { ...reads("br"), method: "POST" }],
    ["/_next/static/chunks/a.js.br", reads("br")],
    ["/_next/static/chunks/a.js?x", reads("br")],
    ["/_next/static/chunks/a.woff2", reads("br")],
    ["/_next/static/chunks/b.js", reads("br")],
    ["/", reads("br")],
  ];
  for (const [path, init] of others) {
    expect(await get(path, init), path).toEqual([null, "from the framework"]);
  }
});
