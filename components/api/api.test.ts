import { afterEach, expect, it, vi } from "vitest";
import { ApiFailure, askApi } from "./api.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const installation = async () => (await import("#server/sources/schema.ts")).installation;
const answerWith = (json: unknown, status = 200) =>
  vi.stubGlobal("fetch", async () => Response.json(json, { status }));
const asked = () => askApi("/installation", installation).catch((failure: unknown) => failure);

it("gives what the schema has of an answer, and not what a later server may add", async () => {
  answerWith({ time_zone: "Europe/Berlin", set_by: "setting", later: 1 });
  expect(await asked()).toEqual({ time_zone: "Europe/Berlin", set_by: "setting" });
});

it("says that page and server are of different versions where an answer is none", async () => {
  answerWith({ time_zone: "Europe/Berlin", set_by: "somebody" });
  const failure = await asked();
  expect(failure).toBeInstanceOf(ApiFailure);
  expect(failure).toMatchObject({
    status: 200,
    message: "This page and the server are of different versions. Load the page again.",
  });
});

it("says the same where the schema cannot be loaded any more", async () => {
  answerWith({ time_zone: "UTC", set_by: "server" });
  const gone = () => Promise.reject(new TypeError("no such chunk"));
  await expect(askApi("/installation", gone)).rejects.toThrow(/different versions/);
});

it("gives the server's reason for a refusal, with its details", async () => {
  const details = [{ field: "roster", line: 2, message: "is wrong" }];
  answerWith({ error: { code: "bad_schedule", message: "It is wrong.", details } }, 400);
  expect(await asked()).toMatchObject({ status: 400, message: "It is wrong.", details });
  answerWith("nonsense", 500);
  expect(await asked()).toMatchObject({ status: 500, message: "The server gave no reason." });
});
