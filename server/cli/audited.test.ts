import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listEntries } from "#db/access/audit.ts";
import { keptDays } from "#db/installation/installation.ts";
import { rooms } from "#db/schema/projected.ts";
import type { AuditAction } from "#domain/access/audit/audit.ts";
import { bytesOf, ZOOM } from "#server/sources/imports/testing/files.ts";
import { keepAudit } from "./audit-commands.ts";
import { runBackup } from "./backup-commands.ts";
import type { CliContext } from "./command.ts";
import { runEndpointAdd, runEndpointRemove, shownEndpoints } from "./endpoints.ts";
import { runImport } from "./import.ts";
import { runImportUndo } from "./imported.ts";
import { endEverySession, makeKey, revokeNamedKey } from "./keys.ts";
import { addPerson, linkPerson, removePerson, signOutPerson } from "./people.ts";
import { runReplay } from "./replay.ts";
import { build } from "./rollcall.ts";
import { runRoomTitle } from "./room-commands.ts";
import { pauseSource, resumeSource, retireSource, rotateSource } from "./rotate.ts";
import { runSeeding } from "./seed.ts";
import { setSourceApiKey } from "./source-api-key.ts";
import { runSourceDelete } from "./source-delete.ts";
import { updateSource } from "./source-update.ts";
import { connectSource } from "./sources.ts";
import { openCliContext } from "./testing/cli-context.ts";

/** Every command, with what is noted of it; `null` for one that changes nothing. */
const NOTED: Record<string, AuditAction | null> = {
  "source add": "source.added",
  "source list": null,
  "source update": "source.changed",
  "source rotate": "source.rotated",
  "source retire": "source.retired",
  "source api-key": "source.changed",
  "source pause": "source.paused",
  "source resume": "source.resumed",
  "source delete": "source.deleted",
  "room title": "room.titled",
  "key create": "key.created",
  "key list": null,
  "key revoke": "key.revoked",
  "session end-all": "sessions.ended",
  "person add": "member.invited",
  "person link": "link.made",
  "person list": null,
  "person remove": "member.removed",
  "person sign-out": "sessions.ended",
  "zone show": null,
  "zone set": "settings.changed",
  "zone clear": "settings.changed",
  "audit show": null,
  "audit keep": "settings.changed",
  "demo remove": "demo.removed",
  erase: "person.erased",
  simulate: "demo.made",
  seed: "demo.made",
  "import list": null,
  import: "import.done",
  "import undo": "import.undone",
  replay: "deliveries.replayed",
  export: "export.made",
  "deliveries list": null,
  "deliveries latest": null,
  "deliveries refused": null,
  "deliveries drop": "deliveries.dropped",
  backup: "backup.made",
  restore: "backup.restored",
  "endpoint add": "endpoint.added",
  "endpoint list": null,
  "endpoint remove": "endpoint.removed",
  doctor: null,
  mcp: null,
};

let context: CliContext;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ desk: context, close } = await openCliContext());
});
afterAll(() => close());

/** The commands that do something: those with commands below them only where they take arguments too. */
function namesIn(command: Command, before: readonly string[] = []): string[] {
  const own = [...before, command.name()];
  const below = command.commands.flatMap((one) => namesIn(one, own));
  const isOwn = below.length === 0 || command.registeredArguments.length > 0;
  return [...(isOwn ? [own.slice(1).join(" ")] : []), ...below];
}

test("every command says here what is noted of it", () => {
  expect(namesIn(build()).toSorted()).toEqual(Object.keys(NOTED).toSorted());
});

const ALL = { action: null, who: null, about: null, q: null, from: null, to: null };
let seen = 0;

/** The id of a room of a source, in which nothing happened. */
async function roomOf(sourceId: string): Promise<string> {
  const key = "ward-3";
  const [room] = await context.database.orm
    .insert(rooms)
    .values({ sourceId, key })
    .returning({ id: rooms.id });
  return String(room?.id);
}

/** What was noted since it was last asked, oldest first. */
async function noted() {
  const all = await listEntries(context.database.orm, ALL, null, 100);
  const found = all.filter(({ id }) => id > seen).toReversed();
  seen = found.at(-1)?.id ?? seen;
  return found.map(({ action, who, about }) => [action, who.kind, who.label, about?.label ?? null]);
}

describe("a command that changes something is noted with the user of the system", () => {
  test("keys and sessions", async () => {
    const { id } = await makeKey(context, { name: "Report" });
    await revokeNamedKey(context, id);
    await endEverySession(context);
    expect(await noted()).toEqual([
      ["key.created", "command", "ada", "Report"],
      ["key.revoked", "command", "ada", "Report"],
      ["sessions.ended", "command", "ada", null],
    ]);
  });

  test("members", async () => {
    const asked = { email: "Ada@example.com", name: "Ada", role: "owner" };
    expect((await addPerson(context, asked)).invite_url).toContain("/join/");
    const second = { ...asked, email: "bo@example.com", password: "three unrelated words" };
    expect((await addPerson(context, second)).invite_url).toBeNull();
    expect((await linkPerson(context, "bo@example.com", { withoutCode: true })).url).toContain(
      "/join/",
    );
    await signOutPerson(context, "bo@example.com");
    await removePerson(context, "ada@example.com");
    await expect(removePerson(context, "bo@example.com")).rejects.toThrow("nobody else is one");
    await expect(addPerson(context, second)).rejects.toThrow("is a member already");
    await expect(
      addPerson(context, { ...second, email: "x@example.com", password: "password1" }),
    ).rejects.toThrow("too easy to guess");
    await expect(addPerson(context, { ...asked, role: "admin" })).rejects.toThrow(
      "--role must be one of owner, operator, viewer",
    );
    await expect(addPerson(context, { ...asked, email: "nobody" })).rejects.toThrow("--email");
    expect(await noted()).toEqual([
      ["member.invited", "command", "ada", "ada@example.com"],
      ["member.invited", "command", "ada", "bo@example.com"],
      ["link.made", "command", "ada", "bo@example.com"],
      ["sessions.ended", "command", "ada", "bo@example.com"],
      ["member.removed", "command", "ada", "ada@example.com"],
    ]);
  });

  test("sources", async () => {
    const { id } = await connectSource(context, { provider: "daily", name: "Clinic" });
    await rotateSource(context, id);
    await retireSource(context, id);
    expect(await setSourceApiKey(context, id, { key: "a-key-of-daily" })).toEqual({
      id,
      api_key: { last_four: "aily" },
    });
    await expect(
      setSourceApiKey(context, id, { key: "k", address: "https://93.184.216.34" }),
    ).rejects.toThrow("nobody else runs");
    await setSourceApiKey(context, id, { forget: true });
    await setSourceApiKey(context, id, { forget: true });
    await expect(setSourceApiKey(context, id, {})).rejects.toThrow("--key");
    await pauseSource(context, id);
    await pauseSource(context, id);
    await resumeSource(context, id);
    await updateSource(context, id, { name: "Ward" });
    const room = await roomOf(id);
    expect(await runRoomTitle(context, room, "Ward 3")).toEqual({
      id: room,
      room: "ward-3",
      title: "Ward 3",
    });
    await expect(runSourceDelete(context, id, {})).rejects.toThrow("say --yes");
    expect(await runSourceDelete(context, id, { yes: true })).toMatchObject({ name: "Ward" });
    await expect(runSourceDelete(context, id, { yes: true })).rejects.toThrow("No such source");
    expect((await noted()).map(([action, , , label]) => [action, label])).toEqual([
      ["source.added", "Clinic"],
      ["source.rotated", "Clinic"],
      ["source.retired", "Clinic"],
      ["source.changed", "Clinic"],
      ["source.changed", "Clinic"],
      ["source.paused", "Clinic"],
      ["source.resumed", "Clinic"],
      ["source.changed", "Ward"],
      ["room.titled", "Ward 3"],
      ["source.deleted", "Ward"],
    ]);
  });

  test("endpoints", async () => {
    const asked = {
      url: "https://203.0.114.1/hooks",
      triggers: "participant.joined, wait.admitted",
    };
    const { id, secret } = await runEndpointAdd(context, asked);
    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
    expect(await shownEndpoints(context)).toMatchObject([
      { id, state: "waiting", triggers: ["participant.joined", "wait.admitted"] },
    ]);
    const mistakes = [
      [{ url: "http://203.0.114.1/" }, "--url: it has to be https"],
      [{ url: "https://127.0.0.1/" }, "--url: it is no public address"],
      [{ triggers: "participant.came" }, '--triggers has no "participant.came"'],
      [{ signing: "zoom" }, "--signing must be one of"],
      [{ secret: "short" }, "--secret must be base64"],
    ] as const;
    for (const [wrong, why] of mistakes) {
      await expect(runEndpointAdd(context, { ...asked, ...wrong })).rejects.toThrow(why);
    }
    expect(await runEndpointRemove(context, id)).toEqual({ id, url: asked.url });
    await expect(runEndpointRemove(context, id)).rejects.toThrow("No such endpoint");
    expect(await noted()).toEqual([
      ["endpoint.added", "command", "ada", "203.0.114.1"],
      ["endpoint.removed", "command", "ada", "203.0.114.1"],
    ]);
  });

  test("imports, replays and what is invented", async () => {
    mkdirSync(context.env.dataDir, { recursive: true });
    const file = join(context.env.dataDir, "participants_81234567890.csv");
    writeFileSync(file, bytesOf(ZOOM));
    const flags = { zone: "UTC", dates: "mdy" };
    await runImport(context, [file], { ...flags, dryRun: true });
    const [done] = await runImport(context, [file], flags);
    const id = done !== undefined && "id" in done ? (done.id ?? "") : "";
    await runImportUndo(context, id, { dryRun: true });
    await runImportUndo(context, id, {});
    await runReplay(context, null);
    await runSeeding(context, { events: 50, seed: 1, until: "2026-03-31" });
    expect((await noted()).map(([action, , , label]) => [action, label])).toEqual([
      ["import.done", "participants_81234567890.csv"],
      ["import.undone", "participants_81234567890.csv"],
      ["deliveries.replayed", null],
      ["demo.made", null],
    ]);
  });

  test("a backup, and one that could not be made", async () => {
    const file = join(context.env.dataDir, "rollcall.backup");
    const made = await runBackup(context, file, { asked: false });
    expect(made).toMatchObject({ file, encrypted: false });
    const nowhere = join(context.env.dataDir, "nowhere/rollcall.backup");
    await expect(runBackup(context, nowhere, { asked: false })).rejects.toThrow("no such file");
    expect((await noted()).map(([action]) => action)).toEqual(["backup.made", "backup.made"]);
  });

  test("for how long the log is kept", async () => {
    await keepAudit(context, 90);
    expect(await keptDays(context.database.orm)).toBe(90);
    await keepAudit(context, null);
    expect(await keptDays(context.database.orm)).toBeNull();
    const actions = (await noted()).map(([action]) => action);
    expect(actions).toEqual(["settings.changed", "settings.changed"]);
  });
});
