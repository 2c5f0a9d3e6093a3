import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "#db/testing/eventually.ts";
import { root } from "#server/boot/project.mjs";
import { findProgram } from "#server/boot/proxies.mjs";

/** A proxy that was started with our example of its configuration, with TLS by a certificate made for the test. */
export interface RunningProxy {
  /** Where it listens for TLS, and where without. */
  ports: { https: number; http: number };
  certificate: string;
  close(): Promise<void>;
}

/** The name in the examples. */
export const NAME = "rollcall.example.com";

/** How to make of an example in `docs` what a program runs in a folder of its own. */
interface Recipe {
  program: "caddy" | "nginx";
  example: string;
  arguments: (config: string) => string[];
  config: (example: string, folder: string, ports: RunningProxy["ports"]) => string;
}

export const RECIPES: readonly Recipe[] = [
  {
    program: "caddy",
    example: "docs/Caddyfile",
    arguments: (config) => ["run", "--adapter", "caddyfile", "--config", config],
    config: (example, folder, { https, http }) =>
      `{
        admin off
        storage file_system ${folder}
        default_bind 127.0.0.1
        https_port ${https}
        http_port ${http}
      }
      ${example.replace(`${NAME} {`, `${NAME} {\n\ttls ${folder}/tls.pem ${folder}/tls.key`)}`,
  },
  {
    program: "nginx",
    example: "docs/nginx.conf",
    arguments: (config) => ["-c", config, "-e", "stderr"],
    config: (example, folder, { https, http }) =>
      `daemon off;
      pid ${folder}/pid;
      events {}
      http {
        access_log off;
        ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
          .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
          .join("\n")}
        ${example
          .replace("listen 80;", `listen 127.0.0.1:${http};`)
          .replace("listen 443 ssl;", `listen 127.0.0.1:${https} ssl;`)
          .replace("/etc/ssl/rollcall.pem", `${folder}/tls.pem`)
          .replace("/etc/ssl/rollcall.key", `${folder}/tls.key`)}
      }`,
  },
];

/** Whether this machine has what a recipe needs. */
export function canRun({ program }: Recipe): boolean {
  return findProgram(program) !== null && findProgram("openssl") !== null;
}

/** Starts a proxy before the server that listens at `port`. */
export async function startProxy(recipe: Recipe, port: number): Promise<RunningProxy> {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-proxy-"));
  // The processes that nginx starts are those of another account.
  chmodSync(folder, 0o755);
  const certificate = certificateIn(folder);
  const ports = { https: await freePort(), http: await freePort() };
  const example = readFileSync(join(root, recipe.example), "utf8");
  const config = join(folder, "config");
  const upstream = example.replace("127.0.0.1:3000", `127.0.0.1:${port}`);
  writeFileSync(config, recipe.config(upstream, folder, ports));
  const child = spawn(findProgram(recipe.program) ?? "", recipe.arguments(config), {
    env: { HOME: folder, NODE_ENV: "test" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += String(chunk);
  });
  await eventually(async () => {
    if (child.exitCode !== null) return;
    await reached(ports.https);
  });
  if (child.exitCode !== null) throw new Error(`${recipe.program} ended: ${said}`);
  return {
    ports,
    certificate,
    async close() {
      await ended(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function certificateIn(folder: string): string {
  const made = spawnSync(findProgram("openssl") ?? "", [
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
    ...["-days", "2", "-subj", `/CN=${NAME}`, "-addext", `subjectAltName=DNS:${NAME}`],
    ...["-keyout", join(folder, "tls.key"), "-out", join(folder, "tls.pem")],
  ]);
  if (made.status !== 0) throw new Error(String(made.stderr));
  return readFileSync(join(folder, "tls.pem"), "utf8");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function reached(port: number): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.destroy();
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  await exited;
}
