import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { listEntries } from "#db/access/audit.ts";
import { eventually } from "#db/testing/eventually.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { answerOf } from "#server/http/testing/routes.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { admit } from "./members.ts";

/** What the mail server was handed: to whom, and the text. */
const received: { to: string[]; text: string }[] = [];
let refuses = false;
const mailServer = new SMTPServer({
  disabledCommands: ["STARTTLS", "AUTH"],
  onData(stream, session, done) {
    let text = "";
    stream.on("data", (chunk) => {
      text += String(chunk);
    });
    stream.on("end", () => {
      if (refuses) return done(new Error("no room"));
      const to = session.envelope.rcptTo.map(({ address }) => address);
      // Long lines are folded on their way.
      received.push({ to, text: text.replaceAll("=\r\n", "") });
      done();
    });
  },
});

let client: ApiClient;
beforeAll(async () => {
  const listening = mailServer.listen(0, "127.0.0.1");
  await once(listening, "listening");
  const address: AddressInfo | string | null = listening.address();
  const port = typeof address === "object" ? address?.port : 0;
  client = await openApiClient();
  const from = "Rollcall <rollcall@example.com>";
  processContext().env.mail = { url: `smtp://127.0.0.1:${port}`, from };
});
afterAll(async () => {
  await client.app.close();
  processContext().env.mail = null;
  await new Promise<void>((resolve) => mailServer.close(() => resolve()));
});

function ask(path: string, body: object, address = "192.0.2.1"): Promise<Response> {
  return answerOf(
    new Request(`http://localhost:3000/api/v1/${path}`, {
      method: "POST",
      headers: { ...client.person, "content-type": "application/json", "x-forwarded-for": address },
      body: JSON.stringify(body),
    }),
  );
}

const invited = z.object({ invite_url: z.string(), mailed: z.boolean() });

test("an invitation is sent by mail, and where it cannot be, the link is there all the same", async () => {
  const grace = { name: "Grace", email: "grace@example.com" };
  const made = invited.parse(await (await ask("members", grace)).json());
  expect(made.mailed).toBe(true);
  expect(received.at(-1)?.to).toEqual(["grace@example.com"]);
  expect(received.at(-1)?.text).toContain(made.invite_url);
  refuses = true;
  const alan = { name: "Alan", email: "alan@example.com" };
  expect(invited.parse(await (await ask("members", alan)).json())).toMatchObject({
    mailed: false,
    invite_url: expect.stringContaining("/join/"),
  });
  refuses = false;
});

test("whoever forgot their password is sent a link, and nobody is told who is a member", async () => {
  const { orm } = client.app.database;
  const facts = {
    name: "Mary",
    email: "mary@example.com",
    role: "viewer",
    sight: WHOLE_SIGHT,
  } as const;
  await admit(orm, facts, "a hash");
  const before = received.length;
  const [known, unknown] = [
    await ask("password-resets", { email: "Mary@Example.com" }),
    await ask("password-resets", { email: "nobody@example.com" }),
  ];
  expect([known.status, await known.text()]).toEqual([202, await unknown.text()]);
  await eventually(() => expect(received.length).toBe(before + 1));
  const link = /\/join\/([\w-]+)/.exec(received.at(-1)?.text ?? "")?.[1] ?? "";
  const used = await ask(`links/${link}`, { password: "three unrelated words" });
  expect(used.status).toBe(200);
  const all = { action: null, who: null, about: null, q: null, from: null, to: null };
  const noted = await listEntries(orm, all, null, 10);
  expect(noted.map(({ action }) => action)).toEqual(
    expect.arrayContaining(["link.made", "member.joined"]),
  );
});

test("an address is not flooded", async () => {
  const statuses: number[] = [];
  for (let n = 0; n < 9; n += 1) {
    const answer = await ask("password-resets", { email: "grace@example.com" }, "192.0.2.9");
    statuses.push(answer.status);
  }
  expect(statuses).toEqual([202, 202, 202, 202, 202, 202, 202, 202, 429]);
});
