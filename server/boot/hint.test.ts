import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hintFiles } from "./hint.mjs";

const folder = mkdtempSync(join(tmpdir(), "rollcall-hint-"));
const read = (name: string) => readFileSync(join(folder, "static", name), "utf8");
const manifest = (rootMainFiles: string[]) =>
  writeFileSync(join(folder, "build-manifest.json"), JSON.stringify({ rootMainFiles }));

beforeEach(() => {
  mkdirSync(join(folder, "static"), { recursive: true });
  writeFileSync(join(folder, "static/framework.js"), "framework();");
  writeFileSync(join(folder, "static/turbopack-0a.js"), "start();");
  writeFileSync(join(folder, "static/page.js"), "page();");
  manifest(["static/framework.js", "static/turbopack-0a.js"]);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("marks once the scripts with which every page starts, and no others", () => {
  hintFiles(folder);
  const start = read("turbopack-0a.js");
  hintFiles(folder);
  expect(read("framework.js")).toBe("//# allFunctionsCalledOnLoad\nframework();");
  expect(read("turbopack-0a.js")).toBe(start);
  expect(start).toMatch(/^\/\/# allFunctionsCalledOnLoad\n/);
  expect(read("page.js")).toBe("page();");
});

it("refuses a build in which it does not find the starting script", () => {
  manifest(["static/framework.js"]);
  expect(() => hintFiles(folder)).toThrow("no file that starts");
});

describe("the starting script", () => {
  /** Runs it in a page; delayed calls are made by the test. */
  function opened({ hidden }: { hidden: boolean }) {
    hintFiles(folder);
    const calls: string[] = [];
    const later: Record<string, () => void> = {};
    runInNewContext(read("turbopack-0a.js"), {
      start: () => calls.push("start"),
      performance: { mark: (name: string) => calls.push(name) },
      document: {
        hidden,
        addEventListener: (name: string, listener: () => void) => {
          later[name] = listener;
        },
      },
      requestAnimationFrame: (frame: () => void) => {
        later["frame"] = frame;
      },
      setTimeout: (task: () => void) => {
        later["task"] = task;
      },
    });
    return { calls, does: (name: string) => later[name]?.() };
  }
  const begun = ["rollcall-begins", "start"];

  it("begins after the first frame, and once", () => {
    const page = opened({ hidden: false });
    expect(page.calls).toEqual([]);
    page.does("frame");
    expect(page.calls).toEqual([]);
    page.does("task");
    expect(page.calls).toEqual(begun);
    page.does("visibilitychange");
    expect(page.calls).toEqual(begun);
  });

  it("begins at once where the page is hidden, or becomes hidden", () => {
    expect(opened({ hidden: true }).calls).toEqual(begun);
    const left = opened({ hidden: false });
    left.does("visibilitychange");
    expect(left.calls).toEqual(begun);
  });
});
