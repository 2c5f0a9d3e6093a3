import { createServer, request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { guardPages } from "./pages.ts";

let origin = "";
const http = createServer((req, res) => {
  const guarded = guardPages(
    async () => void res.end("handled"),
    "s".repeat(32),
    async () => null,
  );
  guarded(req, res).catch(() => res.destroy());
});
beforeAll(async () => {
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const address = http.address();
  if (typeof address === "object" && address) origin = `http://127.0.0.1:${address.port}`;
});
afterAll(() => void http.close());

test.each(["/api/v1/bots/", "/api/v1/bots/bot_1/", "/api/v1/bots/bot_1/participants/?x=1"])(
  "%s is no address, as at Attendee",
  async (path) => {
    for (const method of ["GET", "POST"]) {
      const response = await fetch(origin + path, { method, redirect: "manual" });
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({ error: "Not found" });
    }
  },
);

test.each([
  ["/statements/abc?hash=0", 200],
  ["/_next/static/a.js", 200],
  ["/meetings", 403],
  ["/", 403],
])("%s is answered %d to another host", async (path, status) => {
  const { hostname, port } = new URL(origin);
  const answered = await new Promise<number | undefined>((resolve, reject) => {
    const headers = { host: "rollcall.example.org" };
    request({ hostname, port, path, headers }, (res) => {
      res.resume();
      resolve(res.statusCode);
    })
      .on("error", reject)
      .end();
  });
  expect(answered).toBe(status);
});

test.each([
  "/",
  "/api/v1/bots",
  "/api/v1/bots/bot_1",
  "/api/v1/bots/bot_1?after=a/",
  "/api/v1/meetings/",
])("%s is handed on", async (path) => {
  expect(await (await fetch(origin + path)).text()).toBe("handled");
});
