import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { readSignIn } from "./page.ts";
import { browser, membersOf, PASSWORD } from "./testing/browser.ts";
import { codeOf } from "./testing/totp.ts";

let client: ApiClient;
beforeAll(async () => {
  client = await openApiClient();
});
afterAll(() => client.app.close());

const enabled = z.object({ totpURI: z.string() });

test("of whom a code is demanded has nothing before it is set up, and others are not asked", async () => {
  const { owner, viewer } = await membersOf(client);
  expect((await viewer.ask("PUT", "/api/v1/code-demand", { of: "nobody" })).status).toBe(403);
  expect((await owner.ask("PUT", "/api/v1/code-demand", { of: "operators" })).status).toBe(200);
  // Whoever is signed in stays so.
  expect((await owner.ask("GET", "/api/v1/me")).status).toBe(200);

  const signIn = async (role: string) => {
    const from = browser();
    const credentials = { email: `${role}@example.com`, password: PASSWORD };
    await from.ask("POST", "/api/auth/sign-in/email", credentials);
    return from;
  };
  const operator = await signIn("operator");
  for (const path of ["me", "meetings"]) {
    expect((await operator.ask("GET", `/api/v1/${path}`)).status).toBe(401);
  }
  const page = () =>
    readSignIn(new URLSearchParams({ next: "/people" }), operator.headers()["cookie"] ?? null);
  expect(await page()).toEqual({ onTo: "/second-factor?next=%2Fpeople" });
  const password = { password: PASSWORD };
  const { totpURI } = enabled.parse(
    (await operator.ask("POST", "/api/auth/two-factor/enable", password)).json,
  );
  const code = codeOf(totpURI, Date.now());
  await operator.ask("POST", "/api/auth/two-factor/verify-totp", { code });
  expect(await page()).toEqual({ onTo: "/people" });
  expect((await operator.ask("GET", "/api/v1/me")).json).toMatchObject({ second_factor: true });

  // Taking it away again leads there again.
  await operator.ask("POST", "/api/auth/two-factor/disable", password);
  expect((await operator.ask("GET", "/api/v1/me")).status).toBe(401);
  expect((await (await signIn("viewer")).ask("GET", "/api/v1/me")).status).toBe(200);
});
