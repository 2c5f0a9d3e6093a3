import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { filledCall } from "#domain/sources/connect-words.ts";
import { generic } from "./generic.ts";

test("the call to copy is signed as it should be, and read as a join", () => {
  const call = generic.connect?.steps.find((step) => step.call !== undefined)?.call ?? "";
  const secret = generic.secret.make();
  const folder = mkdtempSync(join(tmpdir(), "rollcall-call-"));
  try {
    // In place of curl, what it was given, one argument in each line.
    const curl = join(folder, "curl");
    writeFileSync(curl, `#!/bin/sh\nprintf '%s\\n' "$@" > "${folder}/given"\n`, { mode: 0o755 });
    const url = "https://rollcall.example.com/api/webhooks/generic/1";
    const ran = spawnSync("sh", ["-c", filledCall(call, { url, secret })], {
      env: { ...process.env, PATH: `${folder}:${process.env["PATH"]}` },
      encoding: "utf8",
    });
    expect([ran.status, ran.stderr]).toEqual([0, ""]);
    const given = readFileSync(join(folder, "given"), "utf8").trimEnd().split("\n");
    expect(given[0]).toBe(url);
    const headers = new Map(
      given
        .filter((_, at) => given[at - 1] === "-H")
        .map((line) => {
          const [name = "", value = ""] = line.split(": ");
          return [name, value];
        }),
    );
    const raw = Buffer.from(given[given.indexOf("-d") + 1] ?? "");
    const header = (name: string) => headers.get(name) ?? null;
    const request = { raw, header, query: () => null, path: "", secrets: [secret] };
    expect(generic.verify({ ...request, now: Date.now(), toleranceMs: 60_000 })).toEqual({
      ok: true,
    });
    const reading = generic.read(raw);
    expect(reading.kind === "events" && reading.about.events[0]?.type).toBe("joined");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
