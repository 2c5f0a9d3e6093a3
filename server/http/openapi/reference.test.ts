import { expect, test } from "vitest";
import openapi from "#docs/openapi.json" with { type: "json" };
import { AskedParams } from "#server/http/asked.ts";
import { groupsOf, readReference } from "./reference.ts";

const read = (query: string) => {
  const asked = new AskedParams(query);
  return { page: readReference(asked), passed: asked.passedOver().map(({ name }) => name) };
};
const pathsOf = (query: string) =>
  read(query).page.groups.flatMap(({ operations }) => operations.map(({ path }) => path));

test("every operation of the document is there, with how it is asked and refused", () => {
  const all = groupsOf(openapi).flatMap(({ operations }) => operations);
  const methods = Object.values(openapi.paths).flatMap((path) => Object.keys(path));
  expect(all).toHaveLength(methods.length);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  for (const { path, method, request, needs, refusals, answers } of all) {
    expect(request, path).toContain(path.split("{")[0]);
    expect(request.includes("$KEY"), path).toBe(needs !== "Needs no key.");
    expect([method, refusals.length > 0, answers.length > 0]).toEqual([method, true, true]);
    for (const { example } of answers) expect(() => JSON.parse(example ?? "0")).not.toThrow();
  }
});

test("fields are named by the way that leads to them", () => {
  const meeting = groupsOf(openapi)
    .flatMap(({ operations }) => operations)
    .find(({ id }) => id === "getMeetingsById");
  const rows = meeting?.answers[0]?.rows.map(({ name }) => name) ?? [];
  expect(rows).toEqual(expect.arrayContaining(["as_of", "people[].visits[].joined_at"]));
  expect(meeting?.needs).toBe("A key with the scope read.");
});

test("a search finds addresses, parameters and fields; one group is shown whole", () => {
  expect(pathsOf("q=erasure")).toContain("/api/v1/people/{id}/erasure");
  expect(pathsOf("q=GRACE_ms+meetings")).toContain("/api/v1/meetings/{id}");
  expect(pathsOf("q=zebra")).toEqual([]);
  expect(new Set(pathsOf("of=waits").map((path) => path.split("/")[3]?.split(".")[0]))).toEqual(
    new Set(["waits"]),
  );
  expect(read("of=elephants").passed).toEqual(["of"]);
});
