import { expect, it } from "vitest";
import type { AnswerOf } from "#server/http/schema.ts";
import type { meetingRow } from "#server/meetings/schema.ts";
import { neighboursIn } from "./neighbours-in.ts";

/** Fields by the names of the schema, so that a name that is changed there is found here. */
const row = {
  id: "m2",
  started_at: "2026-11-20T10:00:00.000Z",
  ended_at: null,
} satisfies Partial<AnswerOf<typeof meetingRow>>;

const read = (json: unknown) => neighboursIn.safeParse(json);

it("reads a neighbour, and passes over one without people", () => {
  const neighbour = { id: "m2", from: Date.UTC(2026, 10, 20, 10), to: null };
  expect(read({ before: row, after: { ...row, started_at: null } })).toEqual({
    success: true,
    data: { before: neighbour, after: null },
  });
  expect(read({ before: null, after: null })).toMatchObject({ success: true });
});

it.each([
  ["nothing", null],
  ["half of it", { before: null }],
  ["a row without an id", { before: { ...row, id: 1 }, after: null }],
  ["a time that is none", { before: { ...row, started_at: "ten" }, after: null }],
])("refuses %s", (_, json) => {
  expect(read(json).success).toBe(false);
});
