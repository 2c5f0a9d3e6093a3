import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { browser, PASSWORD, tokenOf } from "./testing/browser.ts";

let client: ApiClient;
beforeAll(async () => {
  client = await openApiClient();
});
afterAll(() => client.app.close());

const changedAt = z.object({ changed_at: z.string() }).transform((me) => me.changed_at);
const link = z.object({ url: z.string() });
const invited = z.object({ id: z.string(), invite_url: z.string() });

test("from the set-up link to a viewer who is removed", async () => {
  const here = browser(client.person);
  const made = await here.ask("POST", "/api/v1/set-up-link");
  expect(made.status).toBe(201);
  const token = tokenOf(link.parse(made.json).url);
  const owner = browser();
  const joining = { name: "Ada", email: "Ada@Example.com", password: PASSWORD };
  const joined = await owner.ask("POST", `/api/v1/links/${token}`, joining);
  expect([joined.status, joined.json]).toMatchObject([200, { signed_in: true }]);
  expect((await owner.ask("POST", `/api/v1/links/${token}`, joining)).status).toBe(410);
  expect((await owner.ask("GET", "/api/v1/me")).json).toMatchObject({
    ...{ name: "Ada", email: "ada@example.com", role: "owner" },
  });
  // From now on everybody signs in, also at this machine.
  expect((await here.ask("GET", "/api/v1/meetings")).status).toBe(401);
  expect((await here.ask("POST", "/api/v1/set-up-link")).status).toBe(401);
  expect((await owner.ask("POST", "/api/v1/set-up-link")).status).toBe(409);

  const invitation = { name: "Grace", email: "grace@example.com" };
  const sent = await owner.ask("POST", "/api/v1/members", invitation);
  expect(sent.status).toBe(201);
  expect((await owner.ask("POST", "/api/v1/members", invitation)).status).toBe(409);
  const { id, invite_url } = invited.parse(sent.json);
  const viewer = browser();
  const password = PASSWORD.toUpperCase();
  expect(
    (await viewer.ask("POST", `/api/v1/links/${tokenOf(invite_url)}`, { password })).status,
  ).toBe(200);
  expect((await viewer.ask("GET", "/api/v1/meetings")).status).toBe(200);
  expect((await viewer.ask("GET", "/api/v1/members")).status).toBe(403);
  expect((await viewer.ask("POST", "/api/v1/keys", { name: "X" })).status).toBe(403);

  const second = browser();
  const credentials = { email: "grace@example.com", password };
  expect((await second.ask("POST", "/api/auth/sign-in/email", credentials)).status).toBe(200);
  expect((await second.ask("GET", "/api/v1/me")).json).toMatchObject({ role: "viewer", id });
  expect((await second.ask("POST", "/api/auth/sign-out")).status).toBe(200);
  expect((await second.ask("GET", "/api/v1/me")).status).toBe(401);

  expect((await owner.ask("PATCH", `/api/v1/members/${id}`, { role: "operator" })).status).toBe(
    200,
  );
  expect((await viewer.ask("GET", "/api/v1/me")).json).toMatchObject({ role: "operator" });
  expect((await owner.ask("DELETE", `/api/v1/members/${id}`)).status).toBe(200);
  expect((await viewer.ask("GET", "/api/v1/meetings")).status).toBe(401);
});

test("what the library has besides is nowhere", async () => {
  const credentials = { email: "ada@example.com", password: PASSWORD };
  const own = browser();
  for (const path of ["sign-up/email", "change-email", "update-user", "delete-user", "x"]) {
    expect((await own.ask("POST", `/api/auth/${path}`, credentials)).status).toBe(404);
  }
  expect((await own.ask("GET", "/api/auth/get-session")).status).toBe(404);
});

test("whoever guesses is told when to try again, and then nothing is looked at", async () => {
  const guesser = browser({ "x-forwarded-for": "192.0.2.1" });
  const guess = { email: "ada@example.com", password: "a wrong password" };
  for (let one = 0; one < 8; one += 1) {
    expect((await guesser.ask("POST", "/api/auth/sign-in/email", guess)).status).toBe(401);
  }
  const right = { ...guess, password: PASSWORD };
  const refused = await guesser.ask("POST", "/api/auth/sign-in/email", right);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(60);
  const other = browser({ "x-forwarded-for": "192.0.2.2" });
  expect((await other.ask("POST", "/api/auth/sign-in/email", right)).status).toBe(200);
});

test("what a member chose stays with them, each change beside the others", async () => {
  const one = browser({ "x-forwarded-for": "192.0.2.3" });
  const credentials = { email: "ada@example.com", password: PASSWORD };
  await one.ask("POST", "/api/auth/sign-in/email", credentials);
  const other = browser({ "x-forwarded-for": "192.0.2.4" });
  await other.ask("POST", "/api/auth/sign-in/email", credentials);
  const keep = (where: typeof one, settings: object) =>
    where.ask("PATCH", "/api/v1/me", { settings });
  const before = (await one.ask("GET", "/api/v1/me")).json;
  await Promise.all([
    keep(one, { theme: "dark", columns: { meetings: ["room", "people"] } }),
    keep(other, { time_zone: "Asia/Kolkata", columns: { people: ["attended"] } }),
  ]);
  const after = (await keep(one, { columns: { people: null }, hour_cycle: "h12" })).json;
  expect(after).toMatchObject({
    settings: {
      ...{ time_zone: "Asia/Kolkata", hour_cycle: "h12", first_day: null, theme: "dark" },
      ...{ start: null, columns: { meetings: ["room", "people"] } },
    },
  });
  expect((await other.ask("GET", "/api/v1/me")).json).toEqual(after);
  expect(changedAt.parse(after) > changedAt.parse(before)).toBe(true);
  for (const wrong of [
    { time_zone: "Mars/Phobos" },
    { start: "//elsewhere.example" },
    { start: "/\\elsewhere.example" },
    { columns: { sources: ["name"] } },
    { first_day: 8 },
  ]) {
    expect((await keep(one, wrong)).status, JSON.stringify(wrong)).toBe(400);
  }
});

test("what somebody does for themself is noted as theirs, and every way in", async () => {
  const own = browser({ "x-forwarded-for": "192.0.2.7" });
  const credentials = { email: "ada@example.com", password: PASSWORD };
  const signIn = () => own.ask("POST", "/api/auth/sign-in/email", credentials);
  await signIn();
  const other = browser();
  await other.ask("POST", "/api/auth/sign-in/email", credentials);
  const sessions = z.object({
    results: z.array(z.looseObject({ id: z.string(), current: z.boolean() })),
  });
  const listed = sessions.parse((await own.ask("GET", "/api/v1/me/sessions")).json).results;
  const one = listed.find(({ current }) => !current)?.id ?? "";
  expect((await own.ask("DELETE", `/api/v1/me/sessions/${one}`)).json).toEqual({ ended: 1 });
  expect((await own.ask("DELETE", `/api/v1/me/sessions/${one}`)).status).toBe(404);
  await own.ask("DELETE", "/api/v1/me/sessions");
  expect((await other.ask("GET", "/api/v1/me")).status).toBe(401);
  const settings = { time_zone: "Europe/Berlin", hour_cycle: "h23" };
  const changed = await own.ask("PATCH", "/api/v1/me", { name: "Ada L.", settings });
  expect(changed.json).toMatchObject({ name: "Ada L.", settings });
  const renewed = "four unrelated words here";
  const wrong = { current: "a wrong password", new: renewed };
  expect((await own.ask("PUT", "/api/v1/me/password", wrong)).status).toBe(400);
  const put = await own.ask("PUT", "/api/v1/me/password", { current: PASSWORD, new: renewed });
  expect(put.status).toBe(200);
  expect((await signIn()).status).toBe(401);

  const entries = z.object({
    results: z.array(
      z.looseObject({
        action: z.string(),
        who: z.looseObject({ label: z.string() }),
        address: z.string().nullable(),
      }),
    ),
  });
  const log = entries.parse((await own.ask("GET", "/api/v1/audit?limit=7")).json).results;
  expect(log.map(({ action, who, address }) => [action, who.label, address])).toEqual([
    ["sign_in.failed", "ada@example.com", "192.0.2.7"],
    ["password.changed", "Ada L.", "192.0.2.7"],
    ["member.changed", "Ada", "192.0.2.7"],
    ["sessions.ended", "Ada", "192.0.2.7"],
    ["sessions.ended", "Ada", "192.0.2.7"],
    ["sign_in.succeeded", "Ada", null],
    ["sign_in.succeeded", "Ada", "192.0.2.7"],
  ]);
});
