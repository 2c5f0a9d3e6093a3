import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { eventually } from "#db/testing/eventually.ts";
import { clock, joins, leaves, minutes } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { answerOf } from "#server/http/testing/routes.ts";
import { deliverBodies } from "#server/testing/test-app.ts";

let client: ApiClient;
let person: string;
beforeAll(async () => {
  client = await openApiClient();
  const account = await client.app.account();
  client.app.now = clock("16:00");
  const user = { session: "s1", user: "ada@example.org" };
  const visit = minutes(
    ["10:00", joins("Ada <Lovelace>", user)],
    ["10:05", joins("Bo Berg")],
    ["10:30", leaves("Ada <Lovelace>", { ...user, joinedAt: "10:00" })],
    ["10:40", leaves("Bo Berg", { joinedAt: "10:05" })],
  );
  for (const room of ["algebra", "physics"]) await deliverBodies(client.app, account, room, visit);
  const list = z.object({ results: z.array(z.object({ id: z.string() })) });
  const found = list.parse(await client.read("/api/v1/people?q=lovelace"));
  person = found.results[0]?.id ?? "";
  const roster = "Ada <ada@example.org>\nCy";
  await client.send("POST", "/api/v1/class-lists", { name: "7b", roster });
});
afterAll(() => client.app.close());

const held = z.object({
  person: z.object({ id: z.string() }),
  names: z.array(z.object({ name: z.string() })),
  meetings: z.array(
    z.object({
      room: z.string(),
      events: z.array(z.object({ type: z.string(), delivery: z.object({ body: z.string() }) })),
    }),
  ),
  roster_lines: z.array(z.object({ name: z.string(), email: z.string().nullable() })),
  statements: z.array(z.unknown()),
});

test("everything about a person is in the file, and nothing about others; taking it is noted", async () => {
  const answer = await client.ask(`/api/v1/people/${person}/held`);
  const text = await answer.text();
  const file = held.parse(JSON.parse(text));
  expect(file.names).toEqual([expect.objectContaining({ name: "Ada <Lovelace>" })]);
  expect(file.meetings.map(({ room }) => room).toSorted()).toEqual(["algebra", "physics"]);
  expect(file.meetings[0]?.events.map(({ type }) => type)).toEqual(["joined", "left"]);
  expect(file.meetings[0]?.events[0]?.delivery.body).toContain("participant.joined");
  expect(file.roster_lines).toEqual([expect.objectContaining({ email: "ada@example.org" })]);
  expect(text).not.toContain("Bo Berg");
  await eventually(async () => {
    const log = await (await client.ask("/api/v1/audit?action=file.taken", client.person)).text();
    expect(log).toContain("held.json");
    expect(log).toContain(
      `"rows":${file.names.length + file.meetings.length + file.roster_lines.length + file.statements.length}`,
    );
  });
});

test("to be read it is a page without anything from elsewhere, in which nothing is markup", async () => {
  const answer = await client.ask(`/api/v1/people/${person}/held?format=html`);
  expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(answer.headers.get("content-disposition")).toContain("held.html");
  const page = await answer.text();
  expect(page).toContain("What is held about Ada &lt;Lovelace&gt;");
  expect(page).not.toContain("<Lovelace>");
  expect(page).not.toMatch(/<script|src=|href=/);
});

test("somebody who sees a part is given that part, and initials where they see no names", async () => {
  const made = async (about: object) => {
    const headers = { ...client.person, "content-type": "application/json" };
    const body = JSON.stringify({ name: "Part", ...about });
    const url = "http://localhost:3000/api/v1/keys";
    const answer = await answerOf(new Request(url, { method: "POST", headers, body }));
    const { key } = z.object({ key: z.string() }).parse(await answer.json());
    const own = { authorization: `Bearer ${key}` };
    return (await client.ask(`/api/v1/people/${person}/held`, own)).text();
  };
  const part = await made({ scopes: ["read"], rooms: ["algebra"] });
  expect(held.parse(JSON.parse(part)).meetings.map(({ room }) => room)).toEqual(["algebra"]);
  expect(part).not.toContain("physics");
  const masked = await made({ scopes: ["read"], masked: true });
  expect(JSON.parse(masked).meetings).toHaveLength(2);
  expect(masked.match(/.{60}(?:lovelace|ada@example).{10}/gi)).toBeNull();
});
