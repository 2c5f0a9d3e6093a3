import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sourceById } from "#db/sources/sources.ts";
import { eventually } from "#db/testing/eventually.ts";
import { joins, minutes } from "#domain/testing/history.ts";
import { markDeleted } from "#server/sources/deleting.ts";
import { importSource } from "#server/sources/imports/sources.ts";
import { setPause } from "#server/sources/managing.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { answerOf, post, SECRET, type TestApp, type TestSource } from "#server/testing/test-app.ts";
import { type CliContext, CommandError } from "./command.ts";
import { pauseSource, resumeSource, retireSource, rotateSource } from "./rotate.ts";
import { updateSource } from "./source-update.ts";
import { openCliContext } from "./testing/cli-context.ts";

let app: TestApp;
let context: CliContext;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ house: app, desk: context, close } = await openCliContext());
});
afterAll(() => close());

/** Cached sources are read again after a second. */
const aSecondLater = () => {
  app.now += 1_000;
};

let number = 0;
/** The answers to a webhook signed with a secret, from this process and another one. */
async function answered(account: TestSource, secret: string): Promise<string[]> {
  const [join] = minutes(["10:00", joins("Ada")]);
  const at = [app, app.neighbour()];
  return Promise.all(
    at.map(async (to) => {
      number += 1;
      const body = join ? bodyOf(account.provider, join, "ward", `${number}`) : "";
      return answerOf(await post(to, account, body, { secret }));
    }),
  );
}

const TAKEN = /^(recorded|repeated)$/;
const taken = [expect.stringMatching(TAKEN), expect.stringMatching(TAKEN)];
const refused = ["401 signature_mismatch", "401 signature_mismatch"];

describe.each(["daily", "attendee"] as const)("a secret of %s is rotated", (provider) => {
  test("both are taken until the old one is retired, by every process within a second", async () => {
    const account = await app.account(provider);
    expect(await answered(account, account.secret)).toEqual(taken);
    const { secret } = await rotateSource(context, account.id);
    aSecondLater();
    expect(await answered(account, account.secret)).toEqual(taken);
    expect(await answered(account, secret)).toEqual(taken);
    await retireSource(context, account.id);
    aSecondLater();
    expect(await answered(account, account.secret)).toEqual(refused);
    expect(await answered(account, secret)).toEqual(taken);
  });

  test("and the last use of each is listed", async () => {
    const account = await app.account(provider);
    await answered(account, account.secret);
    const before = new Date(app.now).toISOString();
    await eventuallyUsed(account.id, [app.now]);
    const { secret, previous_last_used_at } = await rotateSource(context, account.id);
    expect(previous_last_used_at).toBe(before);
    app.now += 60_000;
    await answered(account, secret);
    await eventuallyUsed(account.id, [app.now, app.now - 60_000]);
    expect(await retireSource(context, account.id)).toEqual({
      id: account.id,
      retired: 1,
      retired_last_used_at: before,
      last_used_at: new Date(app.now).toISOString(),
    });
  });
});

function eventuallyUsed(id: string, uses: number[]): Promise<void> {
  return eventually(async () => {
    const source = await sourceById(app.database.orm, id);
    expect(source?.secrets.map(({ lastUsedAt }) => lastUsedAt)).toEqual(uses);
  });
}

test("rotated again and again, all are taken, and all but the newest are retired at once", async () => {
  const account = await app.account();
  const rotated = await Promise.all([1, 2, 3].map(() => rotateSource(context, account.id)));
  const stored = await sourceById(app.database.orm, account.id);
  const made = stored?.secrets.map(({ createdAt }) => createdAt) ?? [];
  expect(new Set(made).size).toBe(4);
  aSecondLater();
  for (const { secret } of rotated) expect(await answered(account, secret)).toEqual(taken);
  expect(await retireSource(context, account.id)).toMatchObject({ retired: 3 });
  await expect(retireSource(context, account.id)).rejects.toBeInstanceOf(CommandError);
});

test("a secret that a provider made is accepted, and one that cannot sign is not", async () => {
  const account = await app.account("attendee");
  const providerSecret = Buffer.alloc(32, 5).toString("base64");
  expect(await rotateSource(context, account.id, providerSecret)).toMatchObject({
    secret: providerSecret,
  });
  await expect(rotateSource(context, account.id, "c2hvcnQ=")).rejects.toThrow(/at least 16 bytes/);
});

test("the last use of a secret is written once a minute, not with every webhook", async () => {
  const account = await app.account();
  const noted: number[] = [];
  const door = {
    ...app.door,
    noteUse: (id: string, now: number) => {
      noted.push(now);
      app.door.noteUse(id, now);
    },
  };
  const began = app.now;
  const [join] = minutes(["10:00", joins("Ada")]);
  const send = (id: string) =>
    post({ door }, account, join ? bodyOf("daily", join, "ward", id) : "");
  await send("1");
  await eventuallyUsed(account.id, [began]);
  app.now = began + 59_999;
  await send("2");
  app.now = began + 60_000;
  await send("3");
  await eventuallyUsed(account.id, [began + 60_000]);
  expect(noted).toHaveLength(3);
});

test("while a source is paused its webhooks are answered 503, and what comes again later is taken", async () => {
  const account = await app.account();
  await pauseSource(context, account.id);
  expect(await answered(account, account.secret)).toEqual([
    "503 source_paused",
    "503 source_paused",
  ]);
  expect(await answered(account, Buffer.alloc(32, 1).toString("base64"))).toEqual(refused);
  const { paused_at } = await pauseSource(context, account.id);
  await resumeSource(context, account.id);
  expect(paused_at).not.toBeNull();
  aSecondLater();
  expect(await answered(account, account.secret)).toEqual(taken);
});

test("a source that is being deleted takes nothing, and no command opens it again", async () => {
  const account = await app.account();
  const source = await sourceById(app.database.orm, account.id);
  if (source === null) throw new Error("it is there");
  await markDeleted(context, source);
  for (const change of [rotateSource, retireSource, pauseSource, resumeSource]) {
    await expect(change(context, account.id)).rejects.toThrow(/being deleted/);
  }
  // As of somebody who looked it up just before.
  await setPause(context, source, null);
  aSecondLater();
  expect(await answered(account, account.secret)).toEqual([
    "503 source_paused",
    "503 source_paused",
  ]);
});

test("a source can be renamed, and not to an empty name", async () => {
  const { id } = await app.account();
  expect(await updateSource(context, id, { name: " Annex " })).toMatchObject({ name: "Annex" });
  expect(await sourceById(app.database.orm, id)).toMatchObject({ name: "Annex" });
  await expect(updateSource(context, id, { name: " " })).rejects.toThrow(
    /--name must not be empty/,
  );
  await expect(updateSource(context, id, {})).rejects.toBeInstanceOf(CommandError);
});

test("an import source has no secret to rotate and cannot be paused", async () => {
  const { id } = await importSource(app.database.orm, "zoom", SECRET);
  for (const change of [rotateSource, retireSource, pauseSource]) {
    await expect(change(context, id)).rejects.toThrow(/files/);
  }
});
