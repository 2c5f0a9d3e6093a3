import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { insertMember, listMembers } from "#db/access/members.ts";
import { type Database, openDatabase } from "#db/connection/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing/database.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import { admit } from "#server/access/members.ts";
import { type Auth, createAuth } from "./auth.ts";
import { MEMBER_COOKIE, signedIn } from "./session.ts";

const SECRET = "s".repeat(32);
const HERE = "http://localhost:3000";

/** What the provider says of whom, by the account. */
const accounts: Record<string, object> = {
  ada: { email: "ada@example.com", email_verified: true, name: "Ada", roles: ["rollcall-owner"] },
  grace: { email: "grace@example.com", email_verified: true, name: "Grace" },
  eve: { email: "eve@example.com", email_verified: false, name: "Eve", roles: ["operator"] },
  alan: { email: "alan@example.com", email_verified: true, name: "Alan", roles: ["viewer"] },
};

let made: TestDatabase;
let database: Database;
let server: Server;
let issuer = "";
let library: Auth;
beforeAll(async () => {
  made = await testDatabase();
  database = openDatabase(made.url, { max: 4 });
  server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address: AddressInfo | string | null = server.address();
  issuer = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: "rollcall",
        client_secret: "a secret of this client",
        redirect_uris: [`${HERE}/api/auth/callback/oidc`],
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "roles"] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, ...accounts[id] }),
    }),
    // Its own forms for who it is and whether that is well.
    features: { devInteractions: { enabled: true } },
  });
  server.on("request", provider.callback());
  const parts = { orm: database.orm, secret: SECRET, publicUrl: HERE, log: () => undefined };
  const settings = { issuer, clientId: "rollcall", clientSecret: "a secret of this client" };
  library = createAuth({ ...parts, oidc: { ...settings, roleClaim: "roles", isOnly: false } });
});
afterAll(async () => {
  server.close();
  await database.close();
  await made.drop();
});

/** A browser that follows where it is led, and keeps what it is given, at both sites. */
async function arrive(account: string): Promise<{ location: string; cookies: string }> {
  const jar = new Map<string, Map<string, string>>();
  const send = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const { origin } = new URL(url);
    const own = jar.get(origin) ?? new Map<string, string>();
    jar.set(origin, own);
    const headers = new Headers(init.headers);
    headers.set("cookie", [...own].map(([name, value]) => `${name}=${value}`).join("; "));
    headers.set("host", new URL(url).host);
    const request = { ...init, headers, redirect: "manual" } as const;
    const answer =
      origin === HERE
        ? await library.handler(new Request(url, request))
        : await fetch(url, request);
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      own.set(name, value);
    }
    return answer;
  };
  const asked = await send(`${HERE}/api/auth/sign-in/social`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: HERE },
    body: JSON.stringify({
      ...{ provider: "oidc", callbackURL: "/meetings", disableRedirect: true },
      errorCallbackURL: "/sign-in",
    }),
  });
  const { url } = Object(await asked.json());
  let at = String(url);
  for (let step = 0; step < 20; step += 1) {
    if (at.startsWith(HERE) && !at.includes("/api/auth/")) break;
    let answer = await send(at);
    if (answer.status === 200) {
      const page = await answer.text();
      const [, prompt = ""] = /name="prompt" value="(\w+)"/.exec(page) ?? [];
      const body = new URLSearchParams({ prompt, login: account, password: "any" });
      answer = await send(at, { method: "POST", body });
    }
    at = new URL(answer.headers.get("location") ?? "/lost", at).href;
  }
  const cookies = [...(jar.get(HERE) ?? [])].map(([name, value]) => `${name}=${value}`).join("; ");
  return { location: at.slice(HERE.length), cookies };
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
    expect(await who((await arrive("ada")).cookies)).toMatchObject({ role: "operator" });
    expect(await emails()).toEqual(["ada@example.com"]);
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
});
