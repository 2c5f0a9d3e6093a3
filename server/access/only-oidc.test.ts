import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import {
  HERE,
  type RunningProvider,
  startProvider,
  traveller,
} from "#server/access/sign-in/testing/provider.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { answerOf } from "#server/http/testing/routes.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { readSignIn } from "./page.ts";
import { browser, PASSWORD, tokenOf } from "./testing/browser.ts";

const accounts = {
  ada: { email: "ada@example.com", email_verified: true, name: "Ada" },
  grace: { email: "grace@example.com", email_verified: true, name: "Grace" },
};

let client: ApiClient;
let provider: RunningProvider;
beforeAll(async () => {
  client = await openApiClient();
  provider = await startProvider(accounts);
  const { env } = processContext();
  env.publicUrl = HERE;
  env.oidc = { ...provider.settings, roleClaim: null, isOnly: true };
  env.mail = { url: "smtp://127.0.0.1:9", from: "rollcall@example.com" };
});
afterAll(async () => {
  const { env } = processContext();
  Object.assign(env, { publicUrl: null, oidc: null, mail: null });
  provider.close();
  await client.app.close();
});

const link = z.object({ url: z.string() });
const invited = z.object({ id: z.string(), invite_url: z.string() });
const json = { "content-type": "application/json", origin: HERE };

/** Signs in with an account; where it leads, and the browser. */
async function arrive(account: keyof typeof accounts, next: string | null = null) {
  const from = traveller(answerOf);
  const body = JSON.stringify({ next });
  const asked = from.ask("/api/auth/sign-in/social", { method: "POST", headers: json, body });
  const back = await from.arrive(account, asked);
  const page = await readSignIn(new URL(back, HERE).searchParams, from.cookies());
  return { from, back, page };
}

test("the first owner has no password, and nobody else has one either", async () => {
  const here = browser(client.person);
  const made = link.parse((await here.ask("POST", "/api/v1/set-up-link")).json);
  const path = `/api/v1/links/${tokenOf(made.url)}`;
  const joined = await browser().ask("POST", path, { name: "Ada", email: "Ada@Example.com" });
  expect([joined.status, joined.json]).toMatchObject([200, { signed_in: false }]);
  expect((await browser().ask("POST", path, { name: "Eve", email: "eve@a.example" })).status).toBe(
    410,
  );
  // Until that account came in, nobody is the owner, and whoever is at the machine may make another link.
  expect((await here.ask("GET", "/api/v1/meetings")).status).toBe(200);

  const { from, back } = await arrive("ada");
  expect(back).toBe("/sign-in");
  const me = await from.ask("/api/v1/me");
  expect(await me.json()).toMatchObject({ email: "ada@example.com", role: "owner" });
  expect((await here.ask("GET", "/api/v1/meetings")).status).toBe(401);
});

test("whoever is invited comes in with their account, and the link says only where", async () => {
  const { from: owner } = await arrive("ada");
  expect((await arrive("grace")).back).toContain("error=signup_disabled");
  const post = (path: string, body: object = {}) =>
    owner.ask(path, { method: "POST", headers: json, body: JSON.stringify(body) });
  const invitation = { name: "Grace", email: "grace@example.com" };
  const sent = invited.parse(await (await post("/api/v1/members", invitation)).json());
  const path = `/api/v1/links/${tokenOf(sent.invite_url)}`;
  expect((await browser().ask("GET", path)).json).toMatchObject({ email: "grace@example.com" });
  expect((await browser().ask("POST", path, { password: PASSWORD })).status).toBe(403);
  const { from } = await arrive("grace");
  expect(await (await from.ask("/api/v1/me")).json()).toMatchObject({ role: "viewer" });
  // There is no password to be made anew.
  expect((await post(`/api/v1/members/${sent.id}/link`)).status).toBe(403);
});

test("nothing takes a password", async () => {
  const one = browser();
  const credentials = { email: "ada@example.com", password: PASSWORD };
  for (const [path, body] of [
    ["/api/auth/sign-in/email", credentials],
    ["/api/auth/two-factor/verify-totp", { code: "000000" }],
    ["/api/auth/two-factor/enable", { password: PASSWORD }],
    ["/api/v1/password-resets", { email: "ada@example.com" }],
  ] as const) {
    expect((await one.ask("POST", path, body)).status, path).toBe(403);
  }
  const { from } = await arrive("ada");
  const body = JSON.stringify({ current: PASSWORD, new: PASSWORD });
  const changed = await from.ask("/api/v1/me/password", { method: "PUT", headers: json, body });
  expect(changed.status).toBe(403);
  const page = await readSignIn(new URLSearchParams(), null);
  expect(page).toMatchObject({ elsewhere: { isOnly: true } });
});

test("whoever comes back from there goes on to the page they wanted, or to their own", async () => {
  expect((await arrive("ada", "/meetings?q=x")).page).toEqual({ onTo: "/meetings?q=x" });
  for (const next of ["//evil.example", "/\t/evil.example", "https://evil.example"]) {
    expect((await arrive("ada", next)).page, next).toEqual({ onTo: "/" });
  }
  const { from } = await arrive("ada");
  const body = JSON.stringify({ settings: { start: "/people" } });
  await from.ask("/api/v1/me", { method: "PATCH", headers: json, body });
  expect((await arrive("ada")).page).toEqual({ onTo: "/people" });
});
