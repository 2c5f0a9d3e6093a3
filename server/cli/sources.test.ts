import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sourceById } from "#db/sources/sources.ts";
import { joins, minutes } from "#domain/testing/history.ts";
import { markDeleted } from "#server/sources/deleting.ts";
import { deliverBodies, type TestApp } from "#server/testing/test-app.ts";
import { type CliContext, CommandError } from "./command.ts";
import { connectSource, shownSources, simulatedSource } from "./sources.ts";
import { openCliContext } from "./testing/cli-context.ts";

let app: TestApp;
let context: CliContext;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ house: app, desk: context, close } = await openCliContext());
});
afterAll(() => close());

const [adaJoins] = minutes(["10:00", joins("Ada")]);

describe("connecting a source", () => {
  test("makes a secret, and webhooks signed with it are taken at its webhook path", async () => {
    const { id, provider, name, secret, webhook_path } = await connectSource(context, {
      provider: "daily",
      name: " Clinic ",
    });
    expect({ provider, name }).toEqual({ provider: "daily", name: "Clinic" });
    expect(Buffer.from(secret, "base64")).toHaveLength(32);
    expect(webhook_path).toBe(`/api/webhooks/daily/${id}`);
    const events = adaJoins ? [adaJoins] : [];
    expect(await deliverBodies(app, { id, provider: "daily", secret }, "ward", events)).toEqual([
      "recorded",
    ]);
  });

  test("accepts the secret that the provider gave", async () => {
    const secret = Buffer.alloc(24, 9).toString("base64");
    const added = await connectSource(context, { provider: "attendee", name: "Bots", secret });
    expect(added.secret).toBe(secret);
  });

  test.each([
    [
      { provider: "zoom", name: "Clinic" },
      /^--provider must be one of daily, attendee, generic\.$/,
    ],
    [{ provider: "constructor", name: "Clinic" }, /^--provider must be one of/],
    [{ provider: "daily", name: " " }, /^--name must not be empty\.$/],
    [{ provider: "daily", name: "Clinic", secret: "" }, /standard base64 of at least 16 bytes/],
    [{ provider: "daily", name: "Clinic", secret: "c2hvcnQ=" }, /at least 16 bytes/],
    [{ provider: "daily", name: "Clinic", secret: "_-".repeat(20) }, /standard base64/],
    [{ provider: "daily", name: "Clinic", secret: "no base64 at all, however long" }, /base64/],
  ])("refuses %j", async (source, message) => {
    const connecting = connectSource(context, source);
    await expect(connecting).rejects.toBeInstanceOf(CommandError);
    await expect(connecting).rejects.toThrow(message);
  });
});

describe("the list of sources", () => {
  test("has each with its path, oldest first, and no secret", async () => {
    const sources = await shownSources(context);
    expect(sources.map(({ name }) => name)).toEqual(["Clinic", "Bots"]);
    for (const source of sources) {
      expect(Object.keys(source)).toEqual([
        "id",
        "provider",
        "name",
        "webhook_path",
        "empty_gap_ms",
        "grace_ms",
        "note_takers",
        "joins_bots",
        "takes_calendar",
        "keep_deliveries_months",
        "keep_people_days",
        "paused_at",
        "secrets",
      ]);
      expect(source.paused_at).toBeNull();
      expect(source.secrets.map((secret) => Object.keys(secret))).toEqual([
        ["created_at", "last_used_at"],
      ]);
    }
  });
});

describe("the source of the simulation", () => {
  test("is made once for each provider, and its secret stays", async () => {
    const first = await simulatedSource(context, "daily");
    expect(await simulatedSource(context, "daily")).toMatchObject({
      id: first.id,
      secret: first.secret,
      webhook_path: first.webhook_path,
    });
    expect((await simulatedSource(context, "attendee")).id).not.toBe(first.id);
    expect(await shownSources(context)).toHaveLength(4);
  });

  test("is not used while it is being deleted", async () => {
    const { id } = await simulatedSource(context, "daily");
    const source = await sourceById(context.database.orm, id);
    if (source === null) throw new Error("it is there");
    await markDeleted(context, source);
    await expect(simulatedSource(context, "daily")).rejects.toThrow(/being deleted/);
    expect((await sourceById(context.database.orm, id))?.pausedAt).not.toBeNull();
  });
});
