import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { eventually } from "#db/testing/eventually.ts";
import { clock, knocks } from "#domain/testing/history.ts";
import { binOf, root } from "#server/boot/project.mjs";
import { openLiveTestServer } from "#server/live/testing/live-server.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { post } from "#server/testing/test-app.ts";

/* The package as somebody else gets it: built, packed, and installed into an empty project. */

const run = promisify(execFile);
const packed = z.array(
  z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) }),
);

let project: string;
let files: string[];
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "rollcall-client-"));
  const { stdout } = await run(
    "npm",
    ["pack", "./client", "--json", "--pack-destination", project],
    {
      cwd: root,
    },
  );
  const [one] = packed.parse(JSON.parse(stdout.slice(stdout.indexOf("["))));
  files = one?.files.map(({ path }) => path) ?? [];
  await writeFile(join(project, "package.json"), JSON.stringify({ type: "module", private: true }));
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline"];
  await run("npm", ["install", `./${one?.filename}`, ...quiet], { cwd: project });
});
afterAll(() => rm(project, { recursive: true, force: true }));

test("it has what it needs, and no code of the server", () => {
  expect(files).toEqual(
    expect.arrayContaining(["README.md", "dist/index.js", "dist/client/src/index.d.ts"]),
  );
  expect(files.filter((path) => /\.test\.|(?<!\.d)\.ts$|^dist\/.*\/.*\.js$/.test(path))).toEqual(
    [],
  );
});

test("what its README says compiles, under the strictest settings", async () => {
  const readme = await readFile(join(root, "client/README.md"), "utf8");
  const examples = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = ""]) => code);
  expect(examples.length).toBe(3);
  const names = examples.map((_, index) => `example${index}.ts`);
  await Promise.all(
    examples.map((code, index) => writeFile(join(project, names[index] ?? ""), code)),
  );
  const strict = [
    "--strict",
    "--exactOptionalPropertyTypes",
    "--noUncheckedIndexedAccess",
    "--noEmit",
  ];
  const platform = [
    "--target",
    "es2022",
    "--module",
    "nodenext",
    "--lib",
    "es2022,dom",
    "--types",
    "",
  ];
  await run(process.execPath, [binOf("typescript", "tsc"), ...strict, ...platform, ...names], {
    cwd: project,
  });
});

test("it runs where there is nothing else", async () => {
  const code = `
    import { Rollcall, RollcallError } from "@rollcall/client";
    import { verifyWebhook } from "@rollcall/client/webhooks";
    const fetch = async () => Response.json({ error: { code: "busy", message: "Later." } }, { status: 503 });
    const asked = new Rollcall({ url: "http://localhost", key: "rk_1", retries: 0, fetch }).get("/meetings");
    const error = await asked.catch((error) => error);
    const refused = await verifyWebhook({ secret: "whsec_eA==", headers: {}, body: "" }).catch((error) => error);
    console.log(error instanceof RollcallError, error.code, refused.name);`;
  await writeFile(join(project, "run.mjs"), code);
  const { stdout } = await run(process.execPath, ["run.mjs"], { cwd: project });
  expect(stdout.trim()).toBe("true busy WebhookRefused");
});

test("the example tells Slack who waits, once", async () => {
  const server = await openLiveTestServer();
  const told: string[] = [];
  const slack = createServer(async (req, res) => {
    let text = "";
    for await (const chunk of req) text += chunk;
    told.push(text);
    res.end("ok");
  });
  slack.listen(0, "127.0.0.1");
  await once(slack, "listening");
  const address = slack.address();
  const port = typeof address === "object" ? address?.port : 0;
  await writeFile(
    join(project, "slack.mjs"),
    await readFile(join(root, "client/examples/slack-notifier.mjs")),
  );
  const source = await server.app.account();
  await post(server.app, source, bodyOf("daily", knocks("Zoë")(clock("10:00")), "ward", "1"));
  const env = {
    NODE_ENV: "test" as const,
    ROLLCALL_URL: server.url,
    ROLLCALL_KEY: server.key,
    SLACK_URL: `http://127.0.0.1:${port}`,
    LONG_MS: "20",
  };
  const example = spawn(process.execPath, ["slack.mjs"], { cwd: project, env, stdio: "inherit" });
  await eventually(() => expect(told.length).toBeGreaterThan(0));
  await post(server.app, source, bodyOf("daily", knocks("Bo")(clock("10:01")), "ward", "2"));
  await eventually(() => expect(told.length).toBeGreaterThan(1));
  expect(told[0]).toMatch(/Zoë waits for ward since/);
  expect(told[1]).toMatch(/Bo waits/);
  example.kill();
  await once(example, "exit");
  slack.close();
  await server.close();
});
