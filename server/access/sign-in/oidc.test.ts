import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listEntries } from "#db/access/audit.ts";
import { insertMember, listMembers } from "#db/access/members.ts";
import { type Database, openDatabase } from "#db/connection/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing/database.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import { admit } from "#server/access/members.ts";
import { type Auth, createAuth } from "./auth.ts";
import { MEMBER_COOKIE, signedIn } from "./session.ts";
import { HERE, type RunningProvider, startProvider, traveller } from "./testing/provider.ts";

const SECRET = "s".repeat(32);

/** What the provider says of whom, by the account. */
const accounts: Record<string, object> = {
  ada: { email: "ada@example.com", email_verified: true, name: "Ada", roles: ["rollcall-owner"] },
  grace: { email: "grace@example.com", email_verified: true, name: "Grace" },
  eve: { email: "eve@example.com", email_verified: false, name: "Eve", roles: ["operator"] },
  alan: { email: "alan@example.com", email_verified: true, name: "Alan", roles: ["viewer"] },
};

let made: TestDatabase;
let database: Database;
let provider: RunningProvider;
/** With passwords besides, and without any. */
let library: Auth;
let only: Auth;
beforeAll(async () => {
  made = await testDatabase();
  database = openDatabase(made.url, { max: 4 });
  provider = await startProvider(accounts);
  const parts = { orm: database.orm, secret: SECRET, publicUrl: HERE, log: () => undefined };
  const settings = { ...provider.settings, roleClaim: "roles" };
  library = createAuth({ ...parts, oidc: { ...settings, isOnly: false } });
  only = createAuth({ ...parts, oidc: { ...settings, isOnly: true } });
});
afterAll(async () => {
  provider.close();
  await database.close();
  await made.drop();
});

function begin(from: ReturnType<typeof traveller>): Promise<Response> {
  return from.ask("/api/auth/sign-in/social", {
    method: "POST",
    headers: { "content-type": "application/json", origin: HERE },
    body: JSON.stringify({
      ...{ provider: "oidc", callbackURL: "/meetings", disableRedirect: true },
      errorCallbackURL: "/sign-in",
    }),
  });
}

async function arrive(account: string, by = library) {
  const from = traveller((request) => by.handler(request));
  const location = await from.arrive(account, begin(from));
  return { location, cookies: from.cookies() };
}

const who = (cookies: string) => signedIn(cookies, database.orm, SECRET);
const emails = async () => (await listMembers(database.orm)).map(({ email }) => email);

describe("an account elsewhere", () => {
  test("whose claim names a role comes in with that, and follows the claim", async () => {
    const { location, cookies } = await arrive("ada");
    expect(location).toBe("/meetings");
    expect(cookies).toContain(MEMBER_COOKIE);
    expect(await who(cookies)).toMatchObject({ email: "ada@example.com", role: "owner" });
    accounts["ada"] = { ...accounts["ada"], roles: ["operator", "other"] };
    // Nobody else is an owner: without one whoever is at the machine would be let in.
    expect(await who((await arrive("ada")).cookies)).toMatchObject({ role: "owner" });
    expect(await emails()).toEqual(["ada@example.com"]);
    const other = { name: "Mary", email: "mary@example.com", role: "owner" } as const;
    await admit(database.orm, { ...other, sight: WHOLE_SIGHT }, "a hash");
    expect(await who((await arrive("ada")).cookies)).toMatchObject({ role: "operator" });
    const every = { action: null, who: null, about: null, q: null, from: null, to: null };
    const rows = await listEntries(database.orm, every, null, 10);
    expect(rows.map(({ action, who: { label } }) => [action, label])).toEqual([
      ["member.changed", "ada@example.com"],
      ["member.joined", "ada@example.com"],
    ]);
  });

  test("without a role comes in only where an owner invited it", async () => {
    const stranger = await arrive("grace");
    expect(stranger.location).toContain("/sign-in?error=signup_disabled");
    expect(await who(stranger.cookies)).toBeNull();
    const sight = { ...WHOLE_SIGHT, masked: true };
    const facts = { name: "Grace H.", email: "grace@example.com", role: "viewer", sight } as const;
    await insertMember(database.orm, facts);
    const { cookies } = await arrive("grace");
    expect(await who(cookies)).toMatchObject({ role: "viewer", sight: { masked: true } });
  });

  test("whose address is not confirmed does not come in, whatever it claims", async () => {
    expect((await arrive("eve")).location).toContain("error=");
    expect(await emails()).not.toContain("eve@example.com");
  });

  test("does not take the place of somebody's password", async () => {
    const facts = { name: "Alan", email: "alan@example.com", role: "owner" } as const;
    await admit(database.orm, { ...facts, sight: WHOLE_SIGHT }, "a hash");
    const { location, cookies } = await arrive("alan");
    expect(location).toContain("error=account_not_linked");
    expect(await who(cookies)).toBeNull();
  });

  test("takes its place where nobody has a password any more, for whose address it is first", async () => {
    const { location, cookies } = await arrive("alan", only);
    expect(location).toBe("/meetings");
    expect(await who(cookies)).toMatchObject({ email: "alan@example.com" });
    accounts["alan2"] = { ...accounts["alan"], name: "Another Alan" };
    expect((await arrive("alan2", only)).location).toContain("error=");
  });

  test("lets nobody in by an answer that was meant for another browser", async () => {
    const other = traveller((request) => library.handler(request));
    let callback = "";
    const stopped = traveller(async (request) => {
      if (!request.url.includes("/callback/")) return library.handler(request);
      callback = request.url.slice(HERE.length);
      return new Response(null, { status: 302, headers: { location: `${HERE}/stopped` } });
    });
    expect(await stopped.arrive("ada", begin(stopped))).toBe("/stopped");
    const answer = await other.ask(callback);
    expect(answer.headers.get("location")).toContain("error=");
    expect(await who(other.cookies())).toBeNull();
  });
});
