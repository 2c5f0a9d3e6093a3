import { describe, expect, it, vi } from "vitest";
import { download } from "./download.ts";

const log = { error: vi.fn() };
const file = { name: "meetings.csv", type: "text/csv; charset=utf-8" };

/** Pieces that count how many were read, and note whether the rest was abandoned. */
function pieces(count: number, failsAt = Infinity) {
  const made = { count: 0, givenUp: false };
  async function* make() {
    try {
      for (let piece = 0; piece < count; piece += 1) {
        if (piece === failsAt) throw new Error("the database is away");
        made.count += 1;
        yield `piece ${piece}\n`;
      }
    } finally {
      made.givenUp = made.count < count;
    }
  }
  return { made, generator: make() };
}

describe("a download", () => {
  it("has all its pieces, and a file name", async () => {
    const response = await download(pieces(3).generator, file, log);
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).toBe(
      `attachment; filename="meetings.csv"; filename*=UTF-8''meetings.csv`,
    );
    expect(await response.text()).toBe("piece 0\npiece 1\npiece 2\n");
  });

  it("is not made faster than it is read", async () => {
    const { made, generator } = pieces(10_000);
    const response = await download(generator, file, log);
    const reader = response.body?.getReader();
    for (let taken = 0; taken < 5; taken += 1) await reader?.read();
    expect(made.count).toBeLessThan(10);
    await reader?.cancel();
    expect(made.givenUp).toBe(true);
  });

  it("rejects where it fails at the start, and breaks off where it fails later", async () => {
    await expect(download(pieces(5, 1).generator, file, log)).rejects.toThrow("away");
    const response = await download(pieces(5, 3).generator, file, log);
    await expect(response.text()).rejects.toThrow("away");
    expect(log.error).toHaveBeenCalledTimes(1);
  });

  it("has a name that is safe in a header", async () => {
    const name = 'Zoë "A"/B\r\n数学 (1).csv';
    const response = await download(pieces(1).generator, { ...file, name }, log);
    const header = response.headers.get("content-disposition") ?? "";
    expect(header).toMatch(/^attachment; filename="[ !#-~]*"; filename\*=UTF-8''[\w.%-]+$/);
    expect(decodeURIComponent(header.split("''")[1] ?? "")).toBe('Zoë "A"-B-数学 (1).csv');
  });
});
