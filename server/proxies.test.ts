import { once } from "node:events";
import { type IncomingMessage, request as requestPlain } from "node:http";
import { Agent, type RequestOptions, request } from "node:https";
import type { LookupFunction } from "node:net";
import { text } from "node:stream/consumers";
import { TLSSocket } from "node:tls";
import { io as connectTo, type Socket } from "socket.io-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import { joins, minutes } from "#domain/testing/history.ts";
import { admit } from "./access/members.ts";
import { auth } from "./access/sign-in/auth.ts";
import { bodyOf } from "./testing/bodies.ts";
import { canRun, NAME, RECIPES, type RunningProxy, startProxy } from "./testing/proxy.ts";
import { openPublished, type Published } from "./testing/published.ts";
import { signed } from "./testing/test-app.ts";

/** The proxies are believed by 127.0.0.1, so the client has another address of this machine. */
const CLIENT = "127.0.0.2";
const PASSWORD = "three unrelated words";

let server: Published;
beforeAll(async () => {
  server = await openPublished(`https://${NAME}`);
});
afterAll(() => server.close());

describe.each(RECIPES)("$example", (recipe) => {
  describe.runIf(canRun(recipe))(`run by ${recipe.program}`, () => {
    let proxy: RunningProxy;
    let agent: Agent;
    beforeAll(async () => {
      proxy = await startProxy(recipe, server.port);
      agent = new Agent({ ca: proxy.certificate, lookup: toThisMachine, localAddress: CLIENT });
    });
    afterAll(async () => {
      agent.destroy();
      await proxy.close();
    });

    const url = (path: string) => `https://${NAME}:${proxy.ports.https}${path}`;
    const ask = (path: string, options: RequestOptions = {}, body = "") =>
      answerTo(request(url(path), { ...options, agent }).end(body));

    test("says from where and how the client came, whatever the client says", async () => {
      for (const headers of [
        {},
        { "x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "http" },
      ]) {
        const { status, body } = await ask("/people", { headers });
        expect([status, body]).toEqual([200, { address: CLIENT, isSecure: true }]);
      }
    });

    test("asks the browser to come over TLS only, and leads there a person who comes without", async () => {
      const { headers, tls } = await ask("/people");
      expect(tls).toBe("TLSv1.3");
      expect(headers["strict-transport-security"]).toContain("max-age=63072000");
      const plain = (path: string) => {
        const options = { host: "127.0.0.1", port: proxy.ports.http, headers: { host: NAME } };
        return answerTo(requestPlain({ ...options, path }).end());
      };
      expect(await plain("/people")).toMatchObject({
        status: 301,
        headers: { location: `https://${NAME}/people` },
      });
      for (const path of ["/api/v1/meetings", "/api/webhooks/daily/a", "/socket.io/"]) {
        expect((await plain(path)).status).toBe(403);
      }
    });

    test("has cookies that are for TLS only where it says TLS, whatever the address of Rollcall says", async () => {
      const plain = await openPublished(`http://${NAME}`);
      const other = await startProxy(recipe, plain.port);
      const own = new Agent({ ca: other.certificate, lookup: toThisMachine, localAddress: CLIENT });
      const { orm } = plain.app.database;
      const { password } = await auth().$context;
      const facts = { name: "Ada", email: "ada@example.com", role: "owner" } as const;
      await admit(orm, { ...facts, sight: WHOLE_SIGHT }, await password.hash(PASSWORD));
      const body = JSON.stringify({ email: facts.email, password: PASSWORD });
      const headers = { host: NAME, "content-type": "application/json" };
      const signIn = { method: "POST", path: "/api/auth/sign-in/email" };
      const proxied = await answerTo(
        request(`https://${NAME}:${other.ports.https}${signIn.path}`, {
          ...{ ...signIn, headers, agent: own },
        }).end(body),
      );
      expect([proxied.status, proxied.headers["set-cookie"]?.join()]).toEqual([
        200,
        expect.stringContaining("Secure"),
      ]);
      expect(proxied.headers["strict-transport-security"]).toContain("max-age=");
      // Somebody who says so and is no proxy of ours: the connection is not from 127.0.0.1.
      const lied = await answerTo(
        requestPlain({
          ...{ ...signIn, host: "127.0.0.1", port: plain.port, localAddress: CLIENT },
          headers: { ...headers, "x-forwarded-proto": "https", "x-forwarded-for": "127.0.0.1" },
        }).end(body),
      );
      expect(lied.status).toBe(200);
      expect(lied.headers["set-cookie"]?.join()).not.toContain("Secure");
      expect(lied.headers["strict-transport-security"]).toBeUndefined();
      own.destroy();
      await other.close();
      await plain.close();
    });

    test("passes a webhook on over HTTP/1.1, and a refused one is logged with its sender", async () => {
      const account = await server.app.account();
      const [event] = minutes(["10:00", joins("Ada")]);
      if (event === undefined) throw new Error("no event");
      const body = bodyOf(account.provider, event, "ward", "1");
      const { url: path, init } = signed(account, body, server.app.now);
      const sent = await ask(path, init, body);
      expect(sent).toMatchObject({ status: 200, body: { status: "recorded" }, http: "1.1" });
      expect((await ask(path, { method: "POST" }, body)).status).toBe(401);
      expect(server.app.log).toContainEqual({
        about: expect.objectContaining({ source: account.id, client: CLIENT }),
        message: "webhook refused",
      });
    });

    test("passes the live channel on, to who has a key, and to nobody else", async () => {
      // The client hands this on to Node.js; its types are those of a browser.
      const forNode: object = { agent };
      const live = (token: string): Socket =>
        connectTo(url("/"), {
          transports: ["websocket"],
          forceNew: true,
          reconnection: false,
          auth: { token },
          ...forNode,
        });
      const socket = live(server.key);
      await connected(socket);
      expect(await socket.emitWithAck("watch:floor", {})).toMatchObject({ ok: true });
      socket.disconnect();
      await expect(connected(live("rk_none"))).rejects.toThrow("unauthorized");
    });

    test("passes on no change that another site's page sends", async () => {
      const change = (origin: string) =>
        ask("/api/v1/keys", { method: "POST", headers: { origin } });
      expect(await change("https://elsewhere.example")).toMatchObject({
        status: 403,
        body: { error: { code: "cross_site" } },
      });
      expect((await change(`http://${NAME}`)).status).toBe(403);
      expect((await change(`https://${NAME}`)).status).toBe(200);
    });
  });
});

const toThisMachine: LookupFunction = (_name, { all }, callback) => {
  if (all) callback(null, [{ address: "127.0.0.1", family: 4 }]);
  else callback(null, "127.0.0.1", 4);
};

async function answerTo(sent: ReturnType<typeof request>) {
  const [response]: IncomingMessage[] = await once(sent, "response");
  if (response === undefined) throw new Error("no answer");
  const type = response.headers["content-type"] ?? "";
  const { socket } = response;
  const tls = socket instanceof TLSSocket ? socket.getProtocol() : null;
  const body = await text(response);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: type.startsWith("application/json") ? JSON.parse(body) : body,
    http: response.httpVersion,
    tls,
  };
}

function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once("connect", resolve).once("connect_error", reject);
  });
}
