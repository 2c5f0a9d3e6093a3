import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { ChannelState } from "#client/src/live.ts";
import { Rollcall, RollcallError } from "#client/src/rollcall.ts";
import { verifyWebhook, WebhookRefused } from "#client/src/webhooks.ts";
import { eventually } from "#db/testing/eventually.ts";
import { clock, joins, knocks, minutes } from "#domain/testing/history.ts";
import { type Front, openFront } from "#server/access/sight/testing/front.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { sign } from "#server/providers/generic/sign.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { deliverBodies, post, type TestSource } from "#server/testing/test-app.ts";

vi.mock("next/server", () => ({ connection: async () => undefined }));
vi.mock("next/headers", () => ({ headers: async () => new Headers({ host: "localhost:3000" }) }));

let client: ApiClient;
let front: Front;
let source: TestSource;
let rollcall: Rollcall;
beforeAll(async () => {
  client = await openApiClient();
  front = await openFront(client.app);
  source = await client.app.account();
  rollcall = new Rollcall({ url: front.url, key: front.live.key });
  for (const room of ["ward", "hall", "gym"]) {
    await deliverBodies(client.app, source, room, minutes(["10:00", joins("Ada")]));
  }
});
afterAll(async () => {
  await front.close();
  await client.app.close();
});

/** Somebody comes into the ward. */
async function comes(name: string, at: string): Promise<void> {
  await post(client.app, source, bodyOf("daily", joins(name)(clock(at)), "ward", name));
}

describe("reading", () => {
  test("a list is read to its end, a page at a time, and a thing by its address", async () => {
    const rooms: string[] = [];
    for await (const { room, id } of rollcall.all("/meetings", { query: { limit: 2 } })) {
      const meeting = await rollcall.get("/meetings/{id}", { path: { id } });
      expect(meeting.people.map(({ name }) => name)).toEqual(["Ada"]);
      rooms.push(room);
    }
    expect(rooms.toSorted()).toEqual(["gym", "hall", "ward"]);
  });

  test("why it was not answered is said", async () => {
    const id = "00000000-0000-4000-8000-000000000000";
    const asked = rollcall.get("/meetings/{id}", { path: { id } });
    await expect(asked).rejects.toMatchObject({ status: 404, code: "not_found" });
    const wrong = new Rollcall({ url: front.url, key: "rk_wrong" });
    await expect(wrong.get("/meetings")).rejects.toThrow(RollcallError);
  });

  test("what is busy for a moment is asked again, what changes something is not", async () => {
    const statuses: number[] = [];
    const busy = (times: number): typeof fetch => {
      let left = times;
      return async (...given) => {
        left -= 1;
        const answer =
          left < 0
            ? await fetch(...given)
            : Response.json(
                { error: { code: "busy", message: "" } },
                { status: 503, headers: { "retry-after": "0" } },
              );
        statuses.push(answer.status);
        return answer;
      };
    };
    const patient = new Rollcall({ url: front.url, key: front.live.key, fetch: busy(2) });
    expect((await patient.get("/sources")).results).toHaveLength(1);
    expect(statuses.splice(0)).toEqual([503, 503, 200]);
    const writing = new Rollcall({ url: front.url, key: front.live.key, fetch: busy(1) });
    const body = { verdict: "away" };
    const asked = writing.send("POST", "/sources/{id}/pause", { path: { id: source.id } });
    await expect(asked).rejects.toMatchObject({ status: 503, code: "busy", retryAfterMs: 0 });
    expect([statuses, body.verdict]).toEqual([[503], "away"]);
  });
});

describe("following", () => {
  test("a meeting loses nothing to a connection that is cut, and what is shown is known to be stale", async () => {
    const states: ChannelState["kind"][] = [];
    const live = rollcall.live({ onState: ({ kind }) => states.push(kind) });
    const [meeting] = (await rollcall.get("/meetings", { query: { room: "ward" } })).results;
    const seen: number[] = [];
    live.watchMeeting(meeting?.id ?? "", {
      events: (all) => seen.push(...all.map(({ seq }) => seq)),
    });
    let present = 0;
    live.watchAll({
      meetings: (all) => {
        present = all.get(meeting?.id ?? "")?.present_count ?? 0;
      },
    });
    await eventually(() => expect([seen, present]).toEqual([[1], 1]));
    await comes("Bo", "10:01");
    await eventually(() => expect([seen, present]).toEqual([[1, 2], 2]));
    front.live.io.disconnectSockets(true);
    await comes("Cy", "10:02");
    await eventually(() => expect([seen, present]).toEqual([[1, 2, 3], 3]));
    expect(states).toEqual(["live", "stale", "live"]);
    live.close();
  });

  test("the board of today follows what comes, also over a connection that is cut", async () => {
    const live = rollcall.live();
    const boards: string[][] = [];
    const stop = live.watchDesk({
      board: ({ lines }) =>
        boards.push(
          [...lines.values()]
            .filter(({ room }) => room === "desk")
            .flatMap(({ waiting }) => waiting.map(({ name }) => name ?? "")),
        ),
    });
    // The board is of today by the clock of the server.
    const knock = (name: string) =>
      post(client.app, source, bodyOf("daily", knocks(name)(Date.now()), "desk", name));
    client.app.now = Date.now();
    await eventually(() => expect(boards.at(-1)).toEqual([]));
    await knock("Di");
    await eventually(() => expect(boards.at(-1)).toEqual(["Di"]));
    front.live.io.disconnectSockets(true);
    await knock("Eve");
    await eventually(() => expect(boards.at(-1)?.toSorted()).toEqual(["Di", "Eve"]));
    stop();
    live.close();
  });

  test("a key that is no good is refused, and what is not there too", async () => {
    const states: ChannelState[] = [];
    const wrong = new Rollcall({ url: front.url, key: "rk_wrong" });
    const closed = wrong.live({ onState: (state) => states.push(state) });
    await eventually(() => expect(states).toEqual([{ kind: "refused", reason: "unauthorized" }]));
    closed.close();
    const live = rollcall.live();
    const refused: string[] = [];
    live.watchMeeting("00000000-0000-4000-8000-000000000000", {
      events: () => undefined,
      refused: (code) => refused.push(code),
    });
    await eventually(() => expect(refused).toEqual(["not_found"]));
    live.close();
  });
});

describe("a webhook", () => {
  const bytes = randomBytes(24);
  const secret = `whsec_${bytes.toString("base64")}`;
  const now = clock("10:00");
  const body = JSON.stringify({ type: "participant.joined", data: { name: "Zoë" } });
  const headers = sign(body, bytes.toString("base64"), now);
  const signed = { secret, headers, body, now };

  test("that is signed is believed, by its bytes or its text, under either of two secrets", async () => {
    const parsed = JSON.parse(body);
    expect(await verifyWebhook(signed)).toEqual(parsed);
    expect(
      await verifyWebhook({ ...signed, body: Buffer.from(body), headers: new Headers(headers) }),
    ).toEqual(parsed);
    const other = `whsec_${randomBytes(24).toString("base64")}`;
    expect(await verifyWebhook({ ...signed, secret: [other, secret] })).toEqual(parsed);
  });

  test.each([
    ["with another body", { body: body.replace("Zoë", "Zoe") }, /changed on the way/],
    [
      "under another secret",
      { secret: `whsec_${randomBytes(24).toString("base64")}` },
      /another secret/,
    ],
    ["under an empty secret", { secret: "whsec_" }, /no whsec_ secret/],
    ["without a signature", { headers: { ...headers, "webhook-signature": undefined } }, /missing/],
    [
      "of another version",
      { headers: { ...headers, "webhook-signature": "v2,x v1,%%%" } },
      /another secret/,
    ],
    ["of long ago", { now: now + 600_000 }, /too long ago/],
  ])("%s is refused", async (_, changed, why) => {
    const refused = verifyWebhook({ ...signed, ...changed });
    await expect(refused).rejects.toThrow(WebhookRefused);
    await expect(refused).rejects.toThrow(why);
  });
});
