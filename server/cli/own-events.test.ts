import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "#server/boot/project.mjs";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { directDoor } from "#server/ingest/direct-door.ts";
import { provider } from "#server/providers/providers.ts";
import { readEnv } from "#server/runtime/env.ts";
import { ADA } from "#server/testing/actor.ts";
import { SECRET } from "#server/testing/test-app.ts";
import { connectSource, type ShownSource } from "./sources.ts";

/** The sender that the documentation gives. */
const [, sender = ""] =
  /```js\n([\s\S]*?)```/.exec(readFileSync(join(root, "docs/generic.md"), "utf8")) ?? [];

let client: ApiClient;
let source: ShownSource;
let url: string;
let close: () => void;
let folder: string;

beforeAll(async () => {
  client = await openApiClient();
  client.app.now = Date.now();
  folder = mkdtempSync(join(tmpdir(), "rollcall-sender-"));
  const { url: databaseUrl, database } = client.app;
  const vars = { DATABASE_URL: databaseUrl, ROLLCALL_SECRET: SECRET, ROLLCALL_DATA: folder };
  const context = { env: readEnv(vars), database, url: databaseUrl, secret: SECRET, by: ADA };
  source = await connectSource(context, { provider: "generic", name: "Chapel" });
  const handle = directDoor(client.app.door);
  const http = createServer((req, res) => void handle(req, res));
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const address = http.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  close = () => http.closeAllConnections();
});
afterAll(async () => {
  close();
  rmSync(folder, { recursive: true, force: true });
  await client.app.close();
});

/** Runs the sender; what it wrote to its standard error, and its exit code. */
async function runSender(secret: string): Promise<[string, number | null]> {
  const file = join(folder, "sender.mjs");
  writeFileSync(file, sender);
  const env = {
    ...process.env,
    ROLLCALL_WEBHOOK: new URL(source.webhook_path, url).href,
    ROLLCALL_WEBHOOK_SECRET: secret,
  };
  const running = spawn(process.execPath, [file], { env, stdio: ["ignore", "ignore", "pipe"] });
  const [error] = await Promise.all([text(running.stderr), once(running, "exit")]);
  return [error, running.exitCode];
}

async function post(body: object): Promise<unknown> {
  const raw = JSON.stringify(body);
  const headers = provider("generic")?.sign(raw, source.secret, client.app.now) ?? {};
  const path = new URL(source.webhook_path, url);
  const answer = await fetch(path, { method: "POST", headers, body: raw });
  await client.app.door.intake.projector.idle();
  return answer.json();
}

describe("a source of own events", () => {
  test("has a secret of Standard Webhooks, and takes what the documented sender sends", async () => {
    expect(source.secret).toMatch(/^whsec_/);
    expect(source.webhook_path).toBe(`/api/webhooks/generic/${source.id}`);
    expect(await runSender(source.secret)).toEqual(["", 0]);
    await client.app.door.intake.projector.idle();
    expect(await client.read("/api/v1/meetings?q=Ada")).toMatchObject({
      results: [
        {
          source: { id: source.id, provider: "generic", name: "Chapel" },
          room: "biology-101",
          title: "Biology",
          status: "live",
          present_count: 1,
        },
      ],
    });
  });

  test("refuses a sender with another secret, which says why", async () => {
    const [error, code] = await runSender(`whsec_${Buffer.alloc(32, 9).toString("base64")}`);
    expect(code).toBe(1);
    expect(error).toContain("signature_mismatch");
  });

  test("shows who waits, who is admitted, who is refused and who is host", async () => {
    const room = { key: "office-hours" };
    const who = (id: string, name: string, is_host?: boolean) => ({ id, name, is_host });
    const at = (seconds: number) =>
      new Date(client.app.now - 600_000 + seconds * 1000).toISOString();
    const all = [
      { type: "meeting.started", room, meeting_id: "m-7", at: at(0) },
      { type: "participant.joined", room, participant: who("c-1", "Emmy", false), at: at(0) },
      { type: "participant.role_changed", room, participant: who("c-1", "Emmy", true), at: at(5) },
      { type: "participant.waiting", room, participant: who("c-2", "Bo"), at: at(10) },
      { type: "participant.waiting", room, participant: who("c-3", "Cy"), at: at(20) },
      { type: "participant.admitted", room, participant: who("c-2", "Bo"), at: at(70) },
      { type: "participant.joined", room, participant: who("c-2", "Bo"), at: at(71) },
      {
        type: "participant.refused",
        room,
        participant: who("c-3", "Cy"),
        at: at(80),
        reason: "no",
      },
    ];
    for (const body of all) expect(await post(body)).toEqual({ status: "recorded" });
    expect(await post(all[1] ?? {})).toEqual({ status: "repeated" });
    expect(await client.read("/api/v1/meetings?q=Emmy")).toMatchObject({
      results: [
        { room: "office-hours", provider_ids: ["m-7"], present_count: 2, waiting_count: 0 },
      ],
    });
    expect(await client.read("/api/v1/waits?room=office-hours")).toMatchObject({
      results: expect.arrayContaining([
        expect.objectContaining({ outcome: "admitted" }),
        expect.objectContaining({ outcome: "left" }),
      ]),
    });
  });

  test("keeps what it cannot read, with the reason", async () => {
    const room = { key: "office-hours" };
    expect(await post({ type: "participant.joined", room, at: "now" })).toEqual({
      status: "unreadable",
    });
    expect(await client.read("/api/v1/deliveries?status=unreadable")).toMatchObject({
      results: [{ type: "participant.joined", reason: "participant is missing" }],
    });
  });
});
