import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type Database, openDatabase } from "#db/connection/client.ts";
import { memberSessions, members } from "#db/schema/members.ts";
import { type TestDatabase, testDatabase } from "#db/testing/database.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import { admit } from "#server/access/members.ts";
import { type Auth, createAuth } from "./auth.ts";
import { MEMBER_COOKIE, signedIn } from "./session.ts";

const SECRET = "s".repeat(32);
const PASSWORD = "three unrelated words";

let made: TestDatabase;
let database: Database;
let library: Auth;
const noted: string[] = [];
beforeAll(async () => {
  made = await testDatabase();
  database = openDatabase(made.url, { max: 4 });
  const parts = { orm: database.orm, secret: SECRET, publicUrl: "https://rollcall.example.com" };
  library = createAuth({ ...parts, log: (_, message) => noted.push(message) });
  const { password } = await library.$context;
  const facts = {
    name: "Ada",
    email: "ada@example.com",
    role: "owner",
    sight: WHOLE_SIGHT,
  } as const;
  await admit(database.orm, facts, await password.hash(PASSWORD));
});
afterAll(async () => {
  await database.close();
  await made.drop();
});
afterEach(() => vi.unstubAllGlobals());

function ask(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  const origin = "https://rollcall.example.com";
  return library.handler(
    new Request(`${origin}/api/auth${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        host: "rollcall.example.com",
        origin,
        ...headers,
      },
      body: JSON.stringify(body),
    }),
  );
}

const signIn = (password = PASSWORD) =>
  ask("/sign-in/email", { email: "ada@example.com", password });

test("a session is a cookie that no script reads, that no other site sends, and that needs TLS", async () => {
  const [cookie = ""] = (await signIn()).headers.getSetCookie();
  expect(cookie.startsWith(`${MEMBER_COOKIE}=`)).toBe(true);
  for (const part of ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"]) {
    expect(cookie.toLowerCase()).toContain(part.toLowerCase());
  }
});

test("a session that was ended is over at once, and one that was altered never was", async () => {
  const [cookie = ""] = (await signIn()).headers.getSetCookie();
  const pair = cookie.slice(0, cookie.indexOf(";"));
  const who = () => signedIn(pair, database.orm, SECRET);
  expect(await who()).toMatchObject({ email: "ada@example.com", role: "owner" });
  expect(await signedIn(`${pair}x`, database.orm, SECRET)).toBeNull();
  const elsewhere = createAuth({
    ...{ orm: database.orm, secret: `${SECRET}x`, publicUrl: null, log: () => undefined },
  });
  expect(await elsewhere.api.getSession({ headers: new Headers({ cookie: pair }) })).toBeNull();
  await database.orm.delete(memberSessions);
  expect(await who()).toBeNull();
});

test("a wrong password and an unknown address are answered alike", async () => {
  const wrong = await signIn("three other words");
  const unknown = await ask("/sign-in/email", { email: "nobody@example.com", password: PASSWORD });
  expect([wrong.status, await wrong.text()]).toEqual([unknown.status, await unknown.text()]);
  expect(noted.join()).not.toContain("example.com");
});

test.each<[path: string, body: object]>([
  ["/sign-up/email", { name: "Eve", email: "eve@example.com", password: PASSWORD }],
  ["/delete-user", { password: PASSWORD }],
  ["/change-email", { newEmail: "eve@example.com" }],
  ["/update-user", { role: "owner", name: "Eve" }],
])("%s makes and changes nobody, whoever asks", async (path, body) => {
  const [cookie = ""] = (await signIn()).headers.getSetCookie();
  const before = await database.orm.select().from(members);
  await ask(path, body, { cookie: cookie.slice(0, cookie.indexOf(";")) });
  const after = await database.orm.select().from(members);
  const facts = (rows: typeof before) => rows.map(({ email, role }) => [email, role]);
  expect(facts(after)).toEqual(facts(before));
});

test("what the library writes together is undone together", async () => {
  const { adapter } = await library.$context;
  const count = async () => (await database.orm.select().from(members)).length;
  const before = await count();
  const failed = adapter.transaction(async (within) => {
    await within.create({
      model: "user",
      data: {
        ...{ name: "Eve", email: "eve@example.com", emailVerified: false, role: "viewer" },
        ...{ createdAt: new Date(), updatedAt: new Date(), masked: false },
      },
    });
    throw new Error("in the middle");
  });
  await expect(failed).rejects.toThrow("in the middle");
  expect(await count()).toBe(before);
});

test("nothing is sent anywhere, whatever the environment says", async () => {
  vi.stubEnv("BETTER_AUTH_TELEMETRY_ENDPOINT", "http://127.0.0.1:9/telemetry");
  const sent = vi.fn<typeof fetch>(async () => new Response("{}"));
  vi.stubGlobal("fetch", sent);
  const parts = { orm: database.orm, secret: SECRET, publicUrl: null };
  const other = createAuth({ ...parts, log: () => undefined });
  await (await other.$context).publishTelemetry({ type: "test", payload: {} });
  await signIn();
  expect(sent).not.toHaveBeenCalled();
  vi.unstubAllEnvs();
});
