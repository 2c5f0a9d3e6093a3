import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Role } from "#domain/access/role.ts";
import { MEMBER_COOKIE } from "#server/access/sign-in/session.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { type AskingBrowser, browser, membersOf, PASSWORD, tokenOf } from "./testing/browser.ts";
import { codeOf } from "./testing/totp.ts";

let client: ApiClient;
let members: Record<Role, AskingBrowser>;
beforeAll(async () => {
  client = await openApiClient();
  members = await membersOf(client);
});
afterAll(() => client.app.close());

const link = z.object({ url: z.string() });
const known = z.object({ id: z.string() });
const enabled = z.object({ totpURI: z.string() });
const listed = z.object({
  results: z.array(
    z.looseObject({ action: z.string(), who: z.looseObject({ label: z.string() }) }),
  ),
});

let last = 0;
/** A browser at an address of its own, so that no test waits for another's guesses. */
function stranger(): AskingBrowser {
  last += 1;
  return browser({ "x-forwarded-for": `192.0.2.${last}` });
}

const signIn = (from: AskingBrowser, email: string, password = PASSWORD) =>
  from.ask("POST", "/api/auth/sign-in/email", { email, password });
const sessionOf = (from: AskingBrowser) =>
  new RegExp(`${MEMBER_COOKIE}=([^;]+)`).exec(from.headers()["cookie"] ?? "")?.[1];

async function idOf(role: Role): Promise<string> {
  return known.parse((await members[role].ask("GET", "/api/v1/me")).json).id;
}

/** The link by which a member chooses a new password. */
async function resetOf(role: Role): Promise<string> {
  const made = await members.owner.ask("POST", `/api/v1/members/${await idOf(role)}/link`);
  return `/api/v1/links/${tokenOf(link.parse(made.json).url)}`;
}

test("a session that was there before is not the one of whoever signs in, and the sign-in is noted", async () => {
  const planted = stranger();
  await signIn(planted, "viewer@example.com");
  const before = sessionOf(planted);
  await signIn(planted, "operator@example.com");
  expect(sessionOf(planted)).not.toBe(before);
  expect((await planted.ask("GET", "/api/v1/me")).json).toMatchObject({ role: "operator" });
  const [entry] = listed.parse(
    (await members.owner.ask("GET", "/api/v1/audit?limit=1")).json,
  ).results;
  expect(entry).toMatchObject({ action: "sign_in.succeeded", who: { label: "operator" } });
});

test("an address that is nobody's, one that was only invited, and a wrong password are answered alike", async () => {
  const invited = { name: "Eve", email: "eve@example.com" };
  await members.owner.ask("POST", "/api/v1/members", invited);
  const answers = [];
  for (const email of ["nobody@example.com", "eve@example.com", "viewer@example.com"]) {
    const { status, json } = await signIn(stranger(), email, "a wrong password");
    answers.push({ status, json });
  }
  expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
  expect(answers[0]?.status).toBe(401);
});

test("an address counts in any case, and a password however its letters are composed", async () => {
  const path = await resetOf("operator");
  const decomposed = "drei Bücher über Öl".normalize("NFD");
  expect((await stranger().ask("POST", path, { password: decomposed })).status).toBe(200);
  const composed = decomposed.normalize("NFC");
  expect(composed).not.toBe(decomposed);
  expect((await signIn(stranger(), "OPERATOR@Example.com", composed)).status).toBe(200);
  expect((await signIn(stranger(), "operator@example.com", "drei Bucher uber Ol")).status).toBe(
    401,
  );
  // As it stands: nothing is cut or trimmed.
  expect((await signIn(stranger(), "operator@example.com", `${composed} `)).status).toBe(401);
  members.operator = stranger();
  await signIn(members.operator, "operator@example.com", composed);
});

test("a link is good once, also for two at the same time, and a changed password closes it", async () => {
  const first = await resetOf("viewer");
  const own = stranger();
  await signIn(own, "viewer@example.com");
  const renewed = "four unrelated words here";
  const change = { current: PASSWORD, new: renewed };
  expect((await own.ask("PUT", "/api/v1/me/password", change)).status).toBe(200);
  expect((await stranger().ask("POST", first, { password: PASSWORD })).status).toBe(410);

  members.viewer = own;
  const second = await resetOf("viewer");
  const both = await Promise.all([
    stranger().ask("POST", second, { password: PASSWORD }),
    stranger().ask("POST", second, { password: "three other words" }),
  ]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 410]);
  // Whoever was signed in before is not any more.
  expect((await own.ask("GET", "/api/v1/me")).status).toBe(401);
});

test("whoever sits at an open browser cannot guess the password there", async () => {
  const own = members.owner;
  const guess = { current: "a wrong password", new: "four unrelated words here" };
  const statuses = [];
  for (let one = 0; one < 10; one += 1) {
    statuses.push((await own.ask("PUT", "/api/v1/me/password", guess)).status);
  }
  expect(statuses).toEqual([400, 400, 400, 400, 400, 400, 400, 400, 429, 429]);
});

test("a code of the app is good once, and nothing that is sent with it spares the next", async () => {
  const own = stranger();
  const credentials = { email: "ida@example.com", password: PASSWORD };
  const made = await members.owner.ask("POST", "/api/v1/members", {
    ...{ name: "Ida", email: credentials.email },
  });
  const { invite_url } = z.object({ invite_url: z.string() }).parse(made.json);
  await own.ask("POST", `/api/v1/links/${tokenOf(invite_url)}`, { password: PASSWORD });
  const { totpURI } = enabled.parse(
    (await own.ask("POST", "/api/auth/two-factor/enable", { password: PASSWORD })).json,
  );
  const verify = (from: AskingBrowser, body: object) =>
    from.ask("POST", "/api/auth/two-factor/verify-totp", body);
  const before = sessionOf(own);
  // The code of the half minute before is good too, so that the next one is not used up with it.
  const [early, late] = [codeOf(totpURI, Date.now()), codeOf(totpURI, Date.now() + 30_000)];
  expect((await verify(own, { code: early })).status).toBe(200);
  expect(sessionOf(own)).not.toBe(before);

  const [one, other] = [stranger(), stranger()];
  for (const from of [one, other]) {
    expect((await signIn(from, credentials.email)).json).toMatchObject({ twoFactorRedirect: true });
  }
  expect((await verify(one, { code: late, trustDevice: true })).status).toBe(400);
  const both = await Promise.all([verify(one, { code: late }), verify(other, { code: late })]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 401]);
  const watcher = stranger();
  await signIn(watcher, credentials.email);
  expect((await verify(watcher, { code: early })).status).toBe(401);
  expect((await watcher.ask("GET", "/api/v1/me")).status).toBe(401);
});

test("what is sent to sign in is bounded, and is nothing besides", async () => {
  const email = "owner@example.com";
  expect((await signIn(stranger(), email, "x".repeat(1_001))).status).toBe(400);
  expect((await signIn(stranger(), email, "x".repeat(2_000_000))).status).toBe(413);
  for (const besides of [
    { callbackURL: "https://elsewhere.example" },
    { rememberMe: false },
    { password: { $ne: "" } },
  ]) {
    const asked = { email, password: PASSWORD, ...besides };
    expect((await stranger().ask("POST", "/api/auth/sign-in/email", asked)).status).toBe(400);
  }
  const elsewhere = { provider: "oidc", idToken: { token: "x" } };
  expect((await stranger().ask("POST", "/api/auth/sign-in/social", elsewhere)).status).toBe(400);
});
