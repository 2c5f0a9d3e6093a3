import { afterEach, expect, test, vi } from "vitest";
import { openPage, patternOf, reportPageError } from "./report.ts";

const sent = vi.fn(async () => Response.json({}));
vi.stubGlobal("fetch", sent);
afterEach(() => {
  sent.mockClear();
  openPage(null);
});

test("an address is told by its pattern", () => {
  expect(patternOf("/people/01a2-3b", { id: "01a2-3b" })).toBe("/people/[id]");
  expect(patternOf("/rooms/Ward%207", { room: "Ward 7" })).toBe("/rooms/[room]");
  expect(patternOf("/", {})).toBe("/");
});

test("an error is reported once, and not where nobody is known, nor what the server knows", () => {
  const error = new TypeError("a is not a function");
  reportPageError("error", error);
  expect(sent).not.toHaveBeenCalled();
  openPage("/people/[id]");
  reportPageError("error", error);
  reportPageError("rejection", error);
  reportPageError("screen", Object.assign(new Error("at the server"), { digest: "123" }));
  reportPageError("rejection", "words");
  expect(sent).toHaveBeenCalledTimes(1);
  expect(sent).toHaveBeenCalledWith(
    "/api/v1/page-errors",
    expect.objectContaining({ body: expect.stringContaining('"page":"/people/[id]"') }),
  );
});

test("a page that fails in a circle does not go on reporting", () => {
  openPage("/");
  for (let time = 0; time < 100; time += 1) reportPageError("error", new Error(`failed ${time}`));
  expect(sent.mock.calls.length).toBeLessThan(6);
});
