import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sourceById } from "#db/sources.ts";
import { eventually } from "#db/testing/eventually.ts";
import { joins, minutes } from "#domain/testing/history.ts";
import { importSource } from "#server/import/sources.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { answerOf, post, SECRET, type TestApp, type TestSource } from "#server/testing/test-app.ts";
import { type CliContext, CommandError } from "./command.ts";
import { pauseSource, resumeSource, retireSource, rotateSource } from "./rotate.ts";
import { updateSource } from "./source-update.ts";
import { openCliContext } from "./testing/cli-context.ts";

let house: TestApp;
let desk: CliContext;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ house, desk, close } = await openCliContext());
});
afterAll(() => close());

/** The known sources are looked up anew after a second. */
const aSecondLater = () => {
  house.now += 1_000;
};

let number = 0;
/** What a webhook is answered that is signed with a secret, here and by another process. */
async function answered(account: TestSource, secret: string): Promise<string[]> {
  const [join] = minutes(["10:00", joins("Ada")]);
  const at = [house, house.neighbour()];
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
    const account = await house.account(provider);
    expect(await answered(account, account.secret)).toEqual(taken);
    const { secret } = await rotateSource(desk, account.id);
    aSecondLater();
    expect(await answered(account, account.secret)).toEqual(taken);
    expect(await answered(account, secret)).toEqual(taken);
    await retireSource(desk, account.id);
    aSecondLater();
    expect(await answered(account, account.secret)).toEqual(refused);
    expect(await answered(account, secret)).toEqual(taken);
  });

  test("and it is told when each was last used", async () => {
    const account = await house.account(provider);
    await answered(account, account.secret);
    const before = new Date(house.now).toISOString();
    await eventuallyUsed(account.id, [house.now]);
    const { secret, previous_last_used_at } = await rotateSource(desk, account.id);
    expect(previous_last_used_at).toBe(before);
    house.now += 60_000;
    await answered(account, secret);
    await eventuallyUsed(account.id, [house.now, house.now - 60_000]);
    expect(await retireSource(desk, account.id)).toEqual({
      id: account.id,
      retired: 1,
      retired_last_used_at: before,
      last_used_at: new Date(house.now).toISOString(),
    });
  });
});

function eventuallyUsed(id: string, uses: number[]): Promise<void> {
  return eventually(async () => {
    const source = await sourceById(house.database.orm, id);
    expect(source?.secrets.map(({ lastUsedAt }) => lastUsedAt)).toEqual(uses);
  });
}

test("rotated again and again, all are taken, and all but the newest are retired at once", async () => {
  const account = await house.account();
  const rotated = await Promise.all([1, 2, 3].map(() => rotateSource(desk, account.id)));
  const stored = await sourceById(house.database.orm, account.id);
  const made = stored?.secrets.map(({ createdAt }) => createdAt) ?? [];
  expect(new Set(made).size).toBe(4);
  aSecondLater();
  for (const { secret } of rotated) expect(await answered(account, secret)).toEqual(taken);
  expect(await retireSource(desk, account.id)).toMatchObject({ retired: 3 });
  await expect(retireSource(desk, account.id)).rejects.toBeInstanceOf(CommandError);
});

test("the secret that a provider made is taken as it is, and nothing that signs nothing", async () => {
  const account = await house.account("attendee");
  const theirs = Buffer.alloc(32, 5).toString("base64");
  expect(await rotateSource(desk, account.id, theirs)).toMatchObject({ secret: theirs });
  await expect(rotateSource(desk, account.id, "c2hvcnQ=")).rejects.toThrow(/at least 16 bytes/);
});

test("the last use of a secret is written once a minute, not with every webhook", async () => {
  const account = await house.account();
  const noted: number[] = [];
  const door = {
    ...house.door,
    noteUse: (id: string, now: number) => {
      noted.push(now);
      house.door.noteUse(id, now);
    },
  };
  const began = house.now;
  const [join] = minutes(["10:00", joins("Ada")]);
  const send = (id: string) =>
    post({ door }, account, join ? bodyOf("daily", join, "ward", id) : "");
  await send("1");
  await eventuallyUsed(account.id, [began]);
  house.now = began + 59_999;
  await send("2");
  house.now = began + 60_000;
  await send("3");
  await eventuallyUsed(account.id, [began + 60_000]);
  expect(noted).toHaveLength(3);
});

test("while a source is paused its webhooks are answered 503, and what comes again later is taken", async () => {
  const account = await house.account();
  await pauseSource(desk, account.id);
  expect(await answered(account, account.secret)).toEqual([
    "503 source_paused",
    "503 source_paused",
  ]);
  expect(await answered(account, Buffer.alloc(32, 1).toString("base64"))).toEqual(refused);
  const { paused_at } = await pauseSource(desk, account.id);
  await resumeSource(desk, account.id);
  expect(paused_at).not.toBeNull();
  aSecondLater();
  expect(await answered(account, account.secret)).toEqual(taken);
});

test("a source is called otherwise, and no less than something", async () => {
  const { id } = await house.account();
  expect(await updateSource(desk, id, { name: " Annex " })).toMatchObject({ name: "Annex" });
  expect(await sourceById(house.database.orm, id)).toMatchObject({ name: "Annex" });
  await expect(updateSource(desk, id, { name: " " })).rejects.toThrow(/--name must not be empty/);
  await expect(updateSource(desk, id, {})).rejects.toBeInstanceOf(CommandError);
});

test("what belongs to files has no secret to rotate and nothing to pause", async () => {
  const { id } = await importSource(house.database.orm, "zoom", SECRET);
  for (const change of [rotateSource, retireSource, pauseSource]) {
    await expect(change(desk, id)).rejects.toThrow(/files/);
  }
});
