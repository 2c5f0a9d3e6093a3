import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { joins, leaves, minutes } from "#domain/testing/history.ts";
import { deliverBodies } from "#server/testing/test-app.ts";
import { answering, anybody, jsonErrorOf } from "./answer.ts";
import { type ApiClient, openApiClient } from "./testing/client.ts";
import { readPage } from "./testing/pages.ts";

let client: ApiClient;
let meeting: string;
beforeAll(async () => {
  client = await openApiClient();
  const account = await client.app.account();
  await deliverBodies(
    client.app,
    account,
    "ward",
    minutes(["10:00", joins("Ada")], ["10:30", leaves("Ada", { joinedAt: "10:00" })]),
  );
  meeting = String((await readPage(client, "/api/v1/meetings")).results[0]?.["id"]);
});
afterAll(() => client.app.close());

async function codeOf(response: Response): Promise<string> {
  const { error } = await response.json();
  return `${response.status} ${error.code}`;
}

describe("text that cannot be stored is the sender's mistake", () => {
  const HALF = "a\ud800b";
  const NUL = "a\0b";

  test.each([NUL, HALF])("as the name of the person who enters something: %j", async (by) => {
    const requests: [string, string, object][] = [
      [
        "POST",
        `/api/v1/meetings/${meeting}/rulings`,
        { verdict: "same", participant_ids: ["a", "b"] },
      ],
      ["POST", "/api/v1/people/links", { people: [meeting, meeting.replace(/^./, "f")] }],
      ["POST", "/api/v1/statements", { meeting_id: meeting, participant_id: "a" }],
      ["DELETE", `/api/v1/imports/${meeting}`, {}],
      ["DELETE", `/api/v1/scheduled-meetings/${meeting}`, {}],
    ];
    for (const [method, path, body] of requests) {
      const response = await client.send(method, path, { ...body, by });
      expect([path, response.status]).toEqual([path, 400]);
    }
  });

  test.each([NUL, HALF])("anywhere else in a body: %j", async (text) => {
    const state = (body: object) => client.send("POST", "/api/v1/statements", body);
    expect(await codeOf(await state({ meeting_id: meeting, participant_id: text }))).toBe(
      "400 bad_statement",
    );
    expect(await codeOf(await state({ [text]: 1 }))).toBe("400 bad_statement");
    expect(await codeOf(await state({ deep: [{ inside: [text] }] }))).toBe("400 bad_statement");
    const roster = await client.send("PUT", `/api/v1/scheduled-meetings/${meeting}/roster`, {
      roster: text,
    });
    expect(await codeOf(roster)).toBe("400 bad_schedule");
  });

  test("in a file's fields", async () => {
    for (const field of ["room=r%00x", "by=a%00", "file=a%00.csv", "tz=%00"]) {
      const response = await client.put(`/api/v1/imports?${field}`, "Name\nAda\n");
      expect([field, await codeOf(response)]).toEqual([field, "400 bad_import"]);
    }
  });

  test("as bytes that are no text", async () => {
    const response = await client.put("/api/v1/statements", new Uint8Array([0xff, 0xfe]));
    expect(await codeOf(response)).toBe("400 bad_statement");
  });

  test("and in an id, nothing is found", async () => {
    for (const id of ["%00", "\ud800", "x".repeat(10_000), "../x"]) {
      const path = `/api/v1/statements/${encodeURIComponent(id.toWellFormed())}`;
      expect(await codeOf(await client.ask(path, {}))).toBe("404 not_found");
    }
  });

  test("however deep the rest is", async () => {
    const deep = `${"[".repeat(100_000)}"\\u0000"${"]".repeat(100_000)}`;
    expect((await client.send("POST", "/api/v1/statements", deep)).status).toBe(400);
  });
});

describe("a day without a day after it", () => {
  test.each(["9999-12-30", "9999-12-31", "9999-12-31T23:59:59-23:59", "10000-01-01"])(
    "%s is none",
    async (day) => {
      for (const list of ["meetings", "rooms", "people", "waits", "waiting", "meetings.csv"]) {
        for (const end of ["from", "to"]) {
          const response = await client.ask(`/api/v1/${list}?${end}=${encodeURIComponent(day)}`);
          expect(await codeOf(response)).toBe("400 bad_time");
        }
      }
    },
  );

  test.each(["1970-01-01", "9999-12-29"])("%s is one, in every zone", async (day) => {
    for (const tz of ["Pacific/Kiritimati", "Pacific/Niue", "UTC"]) {
      for (const list of ["meetings", "rooms", "waiting"]) {
        const response = await client.ask(`/api/v1/${list}?from=${day}&to=${day}&tz=${tz}`);
        expect(response.status).toBe(200);
      }
    }
  });
});

test("to check a statement that does not exist, no body is read", async () => {
  const unread = new ReadableStream({
    pull() {
      throw new Error("it was read");
    },
  });
  const response = await client.put("/api/v1/statements/none/check", unread);
  expect(await codeOf(response)).toBe("404 not_found");
});

describe("a failure is answered with its cause", () => {
  const asked = (body?: string) =>
    new Request("http://localhost", body === undefined ? {} : { method: "POST", body });

  test("a value that the database cannot look for is the caller's mistake", async () => {
    const looked = client.app.database.orm.execute(sql`select ${"a\0b"}::text`);
    const error = await looked.catch((cause: unknown) => cause);
    expect(jsonErrorOf(error)).toMatchObject({ status: 400, code: "bad_value" });
  });

  test("a mistake of ours is not answered as one of the database", async () => {
    const response = await answering(asked(), { takes: {} }, anybody, async () => {
      throw new TypeError("x is not a function");
    });
    expect(await codeOf(response)).toBe("500 internal");
  });

  test.each([
    [undefined, 10_000],
    ["{}", 25_000],
  ])("a database that does not answer in time is unavailable (%j)", async (body, withinMs) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    const answer = answering(
      asked(body),
      { takes: {} },
      anybody,
      () => new Promise(() => undefined),
    );
    await vi.advanceTimersByTimeAsync(withinMs - 1);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    vi.useRealTimers();
    const response = await answer;
    expect(response.headers.get("retry-after")).toBe("1");
    expect(await codeOf(response)).toBe("503 unavailable");
  });
});
