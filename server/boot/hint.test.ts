import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { hintFiles } from "./hint.mjs";

const folder = mkdtempSync(join(tmpdir(), "rollcall-hint-"));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("says once of what every page starts with that all of it is run, and of nothing else", () => {
  mkdirSync(join(folder, "static"));
  const read = (name: string) => readFileSync(join(folder, "static", name), "utf8");
  writeFileSync(join(folder, "static/start.js"), "start();");
  writeFileSync(join(folder, "static/page.js"), "page();");
  writeFileSync(
    join(folder, "build-manifest.json"),
    JSON.stringify({ rootMainFiles: ["static/start.js"] }),
  );
  hintFiles(folder);
  hintFiles(folder);
  expect(read("start.js")).toBe("//# allFunctionsCalledOnLoad\nstart();");
  expect(read("page.js")).toBe("page();");
});
