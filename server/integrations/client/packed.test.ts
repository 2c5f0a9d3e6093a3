import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "@playwright/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { eventually } from "#db/testing/eventually.ts";
import { clock, joins, knocks } from "#domain/testing/history.ts";
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

/** A page beside Rollcall, as behind one proxy: the files of the project, and all else from there. */
async function besideRollcall(url: string, page: string): Promise<Server> {
  const { hostname, port } = new URL(url);
  const beside = createServer((req, res) => {
    const path = decodeURIComponent(new URL(req.url ?? "/", url).pathname);
    const type = path.endsWith(".js") ? "text/javascript" : "text/html";
    const file = path === "/roster.html" ? readFile(page) : readFile(join(project, path));
    file.then(
      (found) => res.writeHead(200, { "content-type": type }).end(found),
      () => res.writeHead(404).end(),
    );
  });
  beside.on("upgrade", (req, socket, head) => {
    const there = connect(Number(port), hostname, () => {
      const headers = Object.entries({ ...req.headers, host: `${hostname}:${port}` });
      there.write(`GET ${req.url} HTTP/1.1\r\n`);
      for (const [name, value] of headers)
        if (name !== "origin") there.write(`${name}: ${value}\r\n`);
      there.write("\r\n");
      there.write(head);
      there.pipe(socket).pipe(there);
    });
    for (const end of [there, socket]) end.on("error", () => end.destroy());
  });
  beside.listen(0, "127.0.0.1");
  await once(beside, "listening");
  return beside;
}

const executablePath = process.env["CHROMIUM_PATH"] ?? chromium.executablePath();

test.skipIf(!existsSync(executablePath))(
  "the roster in plain HTML shows who is in, in a browser",
  async () => {
    const server = await openLiveTestServer();
    const source = await server.app.account();
    await post(server.app, source, bodyOf("daily", joins("Zoë")(clock("10:00")), "ward", "3"));
    const beside = await besideRollcall(server.url, join(root, "client/examples/roster.html"));
    const address = beside.address();
    const port = typeof address === "object" ? address?.port : 0;
    const browser = await chromium.launch({ executablePath });
    const page = await browser.newPage();
    const said: string[] = [];
    page.on("pageerror", (error) => said.push(error.message));
    await page.goto(`http://127.0.0.1:${port}/roster.html#key=${server.key}`);
    const shown = () => page.locator("li").allTextContents();
    await eventually(async () =>
      expect([await shown(), said]).toEqual([["ward: 1 in, 0 waiting"], []]),
    );
    await post(server.app, source, bodyOf("daily", knocks("Bo")(clock("10:01")), "ward", "4"));
    await eventually(async () => expect(await shown()).toEqual(["ward: 1 in, 1 waiting"]));
    expect(await page.locator("#state").textContent()).toBe("Live");
    await browser.close();
    beside.closeAllConnections();
    beside.close();
    await server.close();
  },
);
