import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { beside, withoutLanguages } from "./near.mjs";
import { root, soon } from "./project.mjs";

const OURS = new URL("../../node_modules/", import.meta.url).href;

/** The modules that a new process finds, one with our hooks and one without. */
async function foundBy(env: Record<string, string | undefined>): Promise<unknown> {
  const names = [
    "drizzle-orm",
    "drizzle-orm/pg-core",
    "drizzle-orm/postgres-js",
    "date-fns/startOfDay",
  ];
  const code = `
    const found = {};
    for (const name of ${JSON.stringify(names)}) found[name] = [import.meta.resolve(name), Object.keys(await import(name))];
    console.log(JSON.stringify(found));`;
  const args = ["--input-type=module", "-e", code];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: root,
    env: { PATH: "", NODE_ENV: "test", ...env },
  });
  return JSON.parse(stdout);
}

it("finds the same modules as Node.js without hooks", async () => {
  expect(await foundBy(soon({}))).toEqual(await foundBy({}));
});

describe("a relative import", () => {
  const within = `${OURS}drizzle-orm/pg-core/table.js`;

  it.each([
    ["./columns/all.js", "drizzle-orm/pg-core/columns/all.js"],
    ["../entity.js", "drizzle-orm/entity.js"],
  ])("%s of such a package is looked for nowhere else", (specifier, path) => {
    expect(beside(specifier, within)).toMatchObject({ url: OURS + path, format: "module" });
  });

  it.each([
    ["another package", "postgres", within],
    ["what has another form", "./table.cjs", within],
    ["what asks from another form", "./table.js", `${OURS}drizzle-orm/pg-core/table.cjs`],
    ["a package that lists little", "./table.js", `${OURS}zod/index.js`],
    ["our own", "./table.js", new URL("./near.mjs", import.meta.url).href],
    ["nobody's", "./table.js", undefined],
  ])("the package says of %s", (_, specifier, parent) => {
    expect(beside(specifier, parent)).toBeNull();
  });
});

describe("the languages of Zod", () => {
  it.each(["core/index.js", "classic/external.js", "mini/external.js"])(
    "are none for %s",
    (file) => {
      const found = withoutLanguages("../locales/index.js", `${OURS}zod/v4/${file}`);
      expect(found?.url).toMatch(/\/server\/boot\/no-languages\.mjs$/);
    },
  );

  it("are left to whoever else has such a folder", () => {
    expect(withoutLanguages("../locales/index.js", `${OURS}date-fns/core/index.js`)).toBeNull();
    expect(withoutLanguages("../locales/en.js", `${OURS}zod/v4/classic/external.js`)).toBeNull();
  });

  it("are not needed for its messages", async () => {
    const code = `import { z } from "zod";
      console.log(z.string().safeParse(1).error.issues[0].message, Object.keys(z.locales).length);`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--input-type=module", "-e", code],
      { cwd: root, env: soon({ PATH: "", NODE_ENV: "test" }) },
    );
    expect(stdout.trim()).toBe("Invalid input: expected string, received number 0");
  });
});

it("preserves other options of Node.js, and adds its own once", () => {
  const once = soon({ NODE_OPTIONS: "--max-old-space-size=100" });
  expect(once.NODE_OPTIONS).toMatch(/^--max-old-space-size=100 --import=file:\S+near\.mjs$/);
  expect(soon(once)).toEqual(once);
});
