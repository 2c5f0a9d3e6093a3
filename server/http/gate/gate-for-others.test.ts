import type { Socket } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { insertMember, setPassword } from "#db/access/members.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import type { SignIn } from "./decide.ts";
import { makeSession, SESSION_COOKIE } from "./session.ts";
import {
  ask,
  closeDatabaseOfGates,
  closeGates,
  connectionsOf,
  open,
  openDatabaseOfGates,
  ormOfGates,
  SECRET,
  send,
  upgradeTo,
} from "./testing/opened-gate.ts";

beforeAll(openDatabaseOfGates);
afterEach(closeGates);
afterAll(closeDatabaseOfGates);

test("the client is named behind the gate as a believed proxy names it, and TLS is asked for", async () => {
  const { port } = await open();
  const forwarded = { "x-forwarded-for": "6.6.6.6, 203.0.113.9", "x-forwarded-proto": "https" };
  const host = "rollcall.example.org";
  const proxied = await ask(port, "/api/v1/people", { ...forwarded, host });
  expect(JSON.parse(proxied.body).headers).toMatchObject({
    "x-forwarded-for": "203.0.113.9",
    "x-forwarded-proto": "https",
  });
  for (const path of ["/api/v1/people", "/people", "/%zz"]) {
    const { headers } = await ask(port, path, { ...forwarded, host });
    expect(headers["strict-transport-security"]).toBe("max-age=63072000; includeSubDomains");
  }
  const local = await ask(port, "/api/v1/people", forwarded);
  expect(local.headers["strict-transport-security"]).toBeUndefined();
});

test("once people sign in no session of this machine is given out or passed on, and others are", async () => {
  const { port, gate } = await open(
    "own",
    undefined,
    undefined,
    Promise.resolve(() => "required"),
  );
  const orm = ormOfGates();
  const ada = { name: "Ada", email: "ada@example.com", role: "owner", sight: WHOLE_SIGHT } as const;
  await setPassword(orm, (await insertMember(orm, ada)) ?? "", "a hash");
  const session = `${SESSION_COOKIE}=${makeSession(SECRET, Date.now())}`;
  const cookies: unknown[] = [];
  gate.sockets.on("upgrade", (req, socket: Socket) => {
    cookies.push(req.headers.cookie);
    socket.end();
  });
  for (const host of ["localhost", "rollcall.example.org"]) {
    const page = await ask(port, "/people", { host, cookie: session });
    expect([page.status, page.headers["set-cookie"]]).toEqual([303, undefined]);
    expect(page.headers.location).toBe("/sign-in?next=%2Fpeople");
    const open = await ask(port, "/sign-in", { host, cookie: `${session}; a=b` });
    expect(JSON.parse(open.body).headers.cookie).toBe("a=b");
    const api = await ask(port, "/api/v1/people", { host, cookie: session });
    expect(JSON.parse(api.body).headers.cookie).toBeUndefined();
    await send(port, [...upgradeTo("/socket.io/", host), `Cookie: a=b; ${session}`]);
  }
  expect(cookies).toEqual(["a=b", "a=b"]);
  expect((await ask(port, "/people", { host: "rebound.example" })).status).toBe(421);
});

test("nothing is answered before it is known whether people sign in", async () => {
  const known = Promise.withResolvers<() => SignIn>();
  const { port, listener } = await open("own", undefined, undefined, known.promise);
  let answered = 0;
  const answers = ["/people", "/%zz", "/api/health", "/_next/static/a.js"].map(async (path) => {
    await ask(port, path);
    answered += 1;
  });
  await expect.poll(() => connectionsOf(listener)).toBe(answers.length);
  await new Promise(setImmediate);
  expect(answered).toBe(0);
  known.resolve(() => "nobody");
  await Promise.all(answers);
});
