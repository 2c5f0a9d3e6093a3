import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { z } from "zod";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { readPage } from "#server/http/testing/pages.ts";
import { bytesOf, ZOOM } from "#server/sources/imports/testing/files.ts";
import { importSourceId } from "./sources.ts";

let client: ApiClient;
beforeAll(async () => {
  client = await openApiClient();
});
afterAll(() => client.app.close());

const PATH = "/api/v1/imports?file=participants_81234567890.csv&tz=Europe/Berlin&dates=month_first";
const rows = z.object({ rows: z.object({ new: z.number(), known: z.number() }) });
const failure = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.array(z.looseObject({ field: z.string() })).optional(),
  }),
});

async function failed(response: Response): Promise<string> {
  return `${response.status} ${failure.parse(await response.json()).error.code}`;
}

describe("a file as the body", () => {
  test("is previewed, then added, then already stored", async () => {
    const seen = await client.put(`${PATH}&dry_run=true`, bytesOf(ZOOM).slice());
    expect(seen.status).toBe(200);
    expect(rows.parse(await seen.json())).toEqual({ rows: { new: 7, known: 0 } });
    const added = await client.put(PATH, bytesOf(ZOOM).slice());
    expect(added.status).toBe(201);
    expect(rows.parse(await added.json())).toEqual({ rows: { new: 7, known: 0 } });
    const again = await client.put(PATH, bytesOf(ZOOM).slice());
    expect(rows.parse(await again.json())).toEqual({ rows: { new: 0, known: 7 } });
  });

  test("is a meeting of an import source, with a delivery for every line", async () => {
    const source = { id: importSourceId("zoom"), provider: "import", name: "Zoom file" };
    const { results } = await readPage(client, `/api/v1/meetings?source=${source.id}`);
    expect(results).toMatchObject([{ source, room: "81234567890", title: "Biology, evening" }]);
    const deliveries = await readPage(client, `/api/v1/deliveries?source=${source.id}`);
    expect(deliveries.results).toHaveLength(7);
  });

  test("may answer its progress line by line", async () => {
    const response = await client.put(`${PATH}&dry_run=true`, bytesOf(ZOOM).slice(), {
      accept: "application/x-ndjson",
    });
    const lines = (await response.text()).trimEnd().split("\n");
    expect(lines.map((line) => Object.keys(JSON.parse(line))[0])).toEqual(["progress", "result"]);
    const strange = await client.put(PATH, "a letter", { accept: "application/x-ndjson" });
    expect(failure.parse(await strange.json()).error.code).toBe("not_understood");
  });
});

test("a file in a form, with the options in its fields", async () => {
  const form = new FormData();
  form.set("file", new File([bytesOf(ZOOM).slice()], "participants_81234567890.csv"));
  form.set("tz", "Europe/Berlin");
  form.set("dates", "month_first");
  form.set("dry_run", "true");
  const sent = new Request("http://localhost", { method: "POST", body: form });
  const type = sent.headers.get("content-type") ?? "";
  const response = await client.put("/api/v1/imports", await sent.bytes(), {
    "content-type": type,
  });
  expect(await response.json()).toMatchObject({
    file: "participants_81234567890.csv",
    rows: { known: 7 },
  });
});

describe("what is refused", () => {
  it.each([
    ["nothing", PATH, "", "422 not_understood"],
    ["what is no report", PATH, "Dear Emmy,", "422 not_understood"],
    ["a zone that is none", "/api/v1/imports?tz=Mars/Olympus", "x", "400 bad_import"],
    ["a format that is none", "/api/v1/imports?format=webex", "x", "400 bad_import"],
    ["an order that is none", "/api/v1/imports?dates=ydm", "x", "400 bad_import"],
    ["a day that is none", "/api/v1/imports?day=2026-02-30", "x", "400 bad_import"],
    ["columns that are none", "/api/v1/imports?columns=Nama=wizard", "x", "400 bad_import"],
    ["a dry run that is none", "/api/v1/imports?dry_run=1", "x", "400 bad_import"],
  ])("%s", async (_what, path, body, expected) => {
    expect(await failed(await client.put(path, body))).toBe(expected);
  });

  test("dates that may be read in two ways, with both readings", async () => {
    const list = 'Full Name,User Action,Timestamp\nIda,Joined,"05/09/2026, 5:31:00 PM"';
    for (const accept of ["application/json", "application/x-ndjson"]) {
      const response = await client.put("/api/v1/imports?file=a.csv", list, { accept });
      const { error } = failure.parse(await response.json());
      expect(error.code).toBe("not_understood");
      expect(error.details).toMatchObject([
        { field: "dates", value: "month_first", day: "2026-05-09" },
        { field: "dates", value: "day_first", day: "2026-09-05" },
      ]);
    }
  });

  test("a file of which no line could be read, with the lines", async () => {
    const list = "Full Name,User Action,Timestamp\nIda,Vanished,2026-05-09 10:00:00";
    const response = await client.put("/api/v1/imports?file=a.csv", list);
    expect(response.status).toBe(422);
    const { error } = failure.parse(await response.json());
    expect(error.message).toContain("Its only line could not be read");
    expect(error.details).toMatchObject([{ field: "file", line: 2 }]);
  });

  test("the same file again, read in another way", async () => {
    const stay = "Full Name,Join Time,Leave Time\nIda,05/09/2026 10:00:00,05/09/2026 11:00:00";
    const first = await client.put("/api/v1/imports?file=b.csv&dates=month_first", stay);
    expect(first.status).toBe(201);
    const again = await client.put("/api/v1/imports?file=b.csv&dates=day_first", stay);
    expect(again.status).toBe(409);
    const { error } = failure.parse(await again.json());
    expect(error).toMatchObject({ code: "read_otherwise", details: [{ dates: "month_first" }] });
  });

  test("a hundred megabytes, without reading them all", async () => {
    let read = 0;
    const piece = new Uint8Array(1_048_576).fill(0x61);
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        read += 1;
        if (read > 100) controller.close();
        else controller.enqueue(piece);
      },
    });
    const response = await client.put(PATH, body);
    expect(await failed(response)).toBe("413 body_too_large");
    expect(read).toBeLessThan(40);
  });

  test("a form without a file, and a caller without a token", async () => {
    const type = { "content-type": "multipart/form-data; boundary=x" };
    expect(await failed(await client.put(PATH, "--x--\r\n", type))).toBe("400 bad_import");
    const stranger = await client.put(PATH, "x", { authorization: "Bearer none" });
    expect(stranger.status).toBe(401);
  });
});
