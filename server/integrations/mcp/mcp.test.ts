import { once } from "node:events";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { createKey } from "#db/access/keys.ts";
import { joins, knocks, leaves } from "#domain/testing/history.ts";
import { type Front, openFront } from "#server/access/sight/testing/front.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { deliverBodies } from "#server/testing/test-app.ts";

vi.mock("next/server", () => ({ connection: async () => undefined }));
vi.mock("next/headers", () => ({ headers: async () => new Headers({ host: "localhost:3000" }) }));

/* The server as a program of its own, asked by the client of the protocol's own makers. */

const MAIN = "mcp/src/main.ts";
const MINUTE = 60_000;

let client: ApiClient;
let front: Front;
let ward: string;
let mayRead: string;
let ofHall: string;
beforeAll(async () => {
  client = await openApiClient();
  front = await openFront(client.app);
  const source = await client.app.account();
  // Who is in now is asked of the server's own clock.
  const begin = Date.now() - 40 * MINUTE;
  client.app.now = Date.now();
  await deliverBodies(client.app, source, "ward", [
    joins("Ada", { host: true })(begin),
    knocks("Di")(begin + MINUTE),
    joins("Bo")(begin + 20 * MINUTE),
    joins("Cy")(begin + 25 * MINUTE),
    leaves("Cy")(begin + 30 * MINUTE),
  ]);
  await deliverBodies(client.app, source, "hall", [joins("Eve")(begin)]);
  const rows = z.object({ results: z.array(z.object({ id: z.string(), room: z.string() })) });
  const { results } = rows.parse(await client.read("/api/v1/meetings"));
  ward = results.find(({ room }) => room === "ward")?.id ?? "";
  const { orm } = client.app.database;
  mayRead = (await createKey(orm, "questions", { scopes: ["read"] })).key;
  const sight = { sources: null, rooms: ["hall"], masked: true };
  ofHall = (await createKey(orm, "hall", { scopes: ["read"], sight })).key;
});
afterAll(async () => {
  await front.close();
  await client.app.close();
});

const result = z.object({
  isError: z.boolean().optional(),
  content: z.array(z.object({ type: z.literal("text"), text: z.string() })),
  structuredContent: z.record(z.string(), z.unknown()).optional(),
});

async function ask(mcp: Client, name: string, args: Record<string, unknown> = {}) {
  const answer = result.parse(await mcp.callTool({ name, arguments: args }));
  return { ...answer, text: answer.content[0]?.text ?? "" };
}

async function overStdio(key: string): Promise<Client> {
  const mcp = new Client({ name: "test", version: "1" });
  await mcp.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [MAIN],
      env: { ROLLCALL_URL: front.url, ROLLCALL_KEY: key },
    }),
  );
  return mcp;
}

test("over standard input and output it answers the questions that people ask, and changes nothing", async () => {
  const mcp = await overStdio(mayRead);
  const { tools } = await mcp.listTools();
  expect(tools.map(({ name }) => name).toSorted()).toEqual([
    ...["find", "who_attended", "who_is_in", "who_waits", "who_was_late", "why_this_number"],
  ]);
  expect(tools.every(({ annotations }) => annotations?.readOnlyHint === true)).toBe(true);
  expect(mcp.getInstructions()).toContain("nothing can be changed");

  const inNow = await ask(mcp, "who_is_in", { room: "ward" });
  expect(inNow.structuredContent).toMatchObject({
    meetings: [{ id: ward, present: [{ name: "Ada", is_host: true }, { name: "Bo" }] }],
  });
  expect(JSON.parse(inNow.text)).toEqual(inNow.structuredContent);
  expect((await ask(mcp, "who_waits")).structuredContent).toMatchObject({
    waiting: [{ name: "Di", room: "ward" }],
  });
  expect((await ask(mcp, "who_attended", { meeting: ward })).structuredContent).toMatchObject({
    meetings: [
      {
        people: expect.arrayContaining([
          expect.objectContaining({ name: "Cy", attended_ms: 300_000 }),
        ]),
      },
    ],
  });
  const late = await ask(mcp, "who_was_late", {
    room: "ward",
    from: "2026-11-01",
    to: "2026-11-30",
  });
  expect(late.structuredContent).toMatchObject({ room: { room: "ward" } });
  const why = await ask(mcp, "why_this_number", { meeting: ward, person: "cy" });
  expect(why.structuredContent).toMatchObject({
    people: [{ name: "Cy", attended_ms: 300_000, visits: [{ end: "reported" }] }],
    events: [
      { type: "joined", delivery_id: expect.any(String) },
      { type: "left", delivery_id: expect.any(String) },
    ],
  });
  expect((await ask(mcp, "find", { words: "cy" })).structuredContent).toMatchObject({
    people: [{ name: "Cy" }],
  });
  const nobody = await ask(mcp, "why_this_number", { meeting: ward, person: "Zoe" });
  expect([nobody.isError, nobody.text]).toEqual([true, "Nobody in this meeting is called Zoe."]);
  await mcp.close();
});

test("over HTTP each request sees what its key may see, and a stranger nothing", async () => {
  const { overHttp } = await import("#mcp/src/over-http.ts");
  const server = overHttp({ url: front.url }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const at = server.address();
  const url = new URL(`http://127.0.0.1:${typeof at === "object" ? at?.port : 0}/mcp`);
  const connected = async (key: string) => {
    const mcp = new Client({ name: "test", version: "1" });
    const requestInit = { headers: { authorization: `Bearer ${key}` } };
    await mcp.connect(new StreamableHTTPClientTransport(url, { requestInit }));
    return mcp;
  };
  const whole = await connected(mayRead);
  const part = await connected(ofHall);
  expect((await ask(whole, "who_is_in")).text).toContain("Eve");
  expect((await ask(whole, "who_is_in")).text).toContain("Ada");
  const seen = await ask(part, "who_is_in");
  expect(seen.structuredContent).toMatchObject({ meetings: [{ room: "hall" }] });
  expect(seen.text).not.toMatch(/Ada|Eve|ward/);
  const hidden = await ask(part, "who_attended", { meeting: ward });
  expect([hidden.isError, hidden.text]).toEqual([true, expect.stringContaining("404")]);
  const wrong = await ask(await connected("rk_none"), "who_is_in");
  expect([wrong.isError, wrong.text]).toEqual([true, expect.stringContaining("401")]);

  const post = (headers: Record<string, string>) =>
    fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: "{}",
    });
  expect((await post({})).status).toBe(401);
  expect(
    (await post({ authorization: `Bearer ${mayRead}`, origin: "https://evil.example" })).status,
  ).toBe(403);
  expect((await fetch(url, { headers: { authorization: `Bearer ${mayRead}` } })).status).toBe(405);
  server.close();
});
