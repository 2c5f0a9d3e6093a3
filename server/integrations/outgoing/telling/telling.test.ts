import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { addEndpoint, listEndpoints } from "#db/integrations/outgoing/endpoints.ts";
import { changedIds } from "#db/integrations/outgoing/news.ts";
import { onlySource } from "#db/removal/source-removal.ts";
import { addScheduled } from "#db/scheduled/scheduled.ts";
import { outgoingMessages } from "#db/schema/outgoing.ts";
import { people } from "#db/schema/people.ts";
import { TRIGGERS, type Trigger } from "#domain/integrations/outgoing/endpoint.ts";
import { clock, joins, knocks, leaves, minutes, starts } from "#domain/testing/history.ts";
import { PAYLOADS } from "#server/integrations/outgoing/testing/payloads.ts";
import { erasePerson } from "#server/privacy/erasure/erase-person.ts";
import { GENTLE, removeSources } from "#server/runtime/jobs/remove-sources.ts";
import { replay } from "#server/runtime/jobs/replay.ts";
import { botNamed } from "#server/testing/bot.ts";
import {
  deliverBodies,
  openTestApp,
  post,
  SECRET,
  type TestApp,
  type TestSource,
} from "#server/testing/test-app.ts";
import type { Telling } from "./messages.ts";
import { tellAttendance } from "./tell-attendance.ts";
import { tellNews } from "./tell-news.ts";
import { tellNoShows } from "./tell-no-shows.ts";

const MINUTE = 60_000;
let app: TestApp;
let account: TestSource;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  app.now = clock("10:00");
  account = await app.account();
  await app.database.orm.delete(outgoingMessages);
});

/** An endpoint that is told everything of the account of this test. */
async function listening(triggers: readonly Trigger[] = TRIGGERS): Promise<string> {
  const given = { url: "https://example.com/", signing: "standard" as const, rooms: null };
  return addEndpoint(
    app.database.orm,
    {
      ...given,
      ...{ triggers: [...triggers], sources: [account.id], by: "ada", sealed: Buffer.of(1) },
    },
    app.now,
  );
}

async function telling(): Promise<Telling> {
  const endpoints = await listEndpoints(app.database.orm, app.now);
  return { endpoints, now: app.now, told: new Set() };
}

/** Tells all that is new; answers what was told since the last time, in its order. */
async function told(id: string, since = 0) {
  const { orm } = app.database;
  await tellNews(orm, await telling(), await changedIds(orm));
  while (await tellAttendance(orm, await telling()));
  const rows = await orm
    .select()
    .from(outgoingMessages)
    .where(eq(outgoingMessages.endpointId, id))
    .orderBy(outgoingMessages.number);
  for (const { trigger, body } of rows) {
    const known = TRIGGERS.find((one) => one === trigger);
    if (known !== undefined && body !== null) PAYLOADS[known].schema.parse(JSON.parse(body));
  }
  return rows.slice(since);
}
const triggersOf = (rows: readonly { trigger: string }[]) => rows.map(({ trigger }) => trigger);
const happens = (...lines: Parameters<typeof minutes>) =>
  deliverBodies(app, account, "algebra", minutes(...lines));

test("nobody is told of what was before, and each is told of what comes, once", async () => {
  await happens(["9:50", joins("Cy")]);
  const id = await listening();
  expect(await told(id)).toEqual([]);
  await happens(["10:00", knocks("Ada")], ["10:01", joins("Ada", { host: true })]);
  const rows = await told(id);
  expect(triggersOf(rows).toSorted()).toEqual([
    "host.changed",
    "participant.joined",
    "participant_events.join_leave",
    "wait.admitted",
    "waiting-participant.joined",
  ]);
  await happens(["10:02", leaves("Ada", { host: true, joinedAt: "10:01" })]);
  expect(triggersOf(await told(id, rows.length))).toEqual([
    "participant_events.join_leave",
    "participant.left",
    "host.changed",
  ]);
});

test("a replay and a second look tell nothing again", async () => {
  const id = await listening();
  await happens(["10:00", starts()], ["10:00", joins("Ada")], ["10:05", leaves("Ada")]);
  const rows = await told(id);
  expect(rows.length).toBeGreaterThan(3);
  await replay(app.database, null, () => undefined, { now: () => app.now });
  expect(await told(id, rows.length)).toEqual([]);
});

test("meetings that turn out to be one are told as merged, and their events not again", async () => {
  const id = await listening();
  await happens(["10:00", joins("Ada")], ["10:01", leaves("Ada", { joinedAt: "10:00" })]);
  await happens(["10:10", joins("Bo")]);
  const rows = await told(id);
  await happens(["10:01", joins("Cy")], ["10:09", leaves("Cy", { joinedAt: "10:01" })]);
  const after = await told(id, rows.length);
  const filed = (all: readonly { meetingId: string | null }[]) =>
    new Set(all.map(({ meetingId }) => meetingId)).size;
  expect([filed(rows), filed(await told(id))]).toEqual([2, 1]);
  const merged = after.filter(({ trigger }) => trigger === "meeting.merged");
  expect(merged).toHaveLength(1);
  expect(JSON.parse(merged[0]?.body ?? "").data).toMatchObject({ into: merged[0]?.meetingId });
  expect(triggersOf(after).filter((one) => one === "participant.joined")).toHaveLength(1);
});

test("attendance is told once it is settled, and corrected by what comes later", async () => {
  const id = await listening(["attendance.ready", "attendance.corrected", "meeting.ended"]);
  await happens(["10:00", joins("Ada")], ["10:30", leaves("Ada", { joinedAt: "10:00" })]);
  app.now = clock("10:33");
  const ends = { type: "meeting_ended" as const, providerMeetingId: null, startedAt: null };
  await deliverBodies(app, account, "algebra", [{ ...ends, at: clock("10:32") }]);
  expect(triggersOf(await told(id))).toEqual(["meeting.ended"]);
  app.now += 11 * MINUTE;
  const ready = await told(id, 1);
  expect(triggersOf(ready)).toEqual(["attendance.ready"]);
  const attended = z
    .object({ data: z.object({ meeting: z.object({ people: z.array(z.looseObject({})) }) }) })
    .parse(JSON.parse(ready[0]?.body ?? "")).data.meeting.people;
  expect(attended).toMatchObject([{ name: "Ada", attended_ms: 30 * MINUTE }]);
  await happens(["10:05", joins("Late")], ["10:06", leaves("Late", { joinedAt: "10:05" })]);
  expect(await told(id, 2)).toEqual([]);
  app.now += 11 * MINUTE;
  const corrected = await told(id, 2);
  expect(corrected).toMatchObject([{ trigger: "attendance.corrected", corrects: ready[0]?.id }]);
});

test("a bot is told as its own provider does, with what users put to it", async () => {
  account = await app.account("attendee");
  const id = await listening(["participant_events.join_leave", "participant_events.update"]);
  const bot = botNamed("bot_1", "Sync");
  await post(
    app,
    account,
    bot.joins("10:00", "José 🚀", { id: "pe_own", uuid: "u/1", host: true }),
  );
  const [row] = await told(id);
  expect(JSON.parse(row?.body ?? "")).toMatchObject({
    ...{ idempotency_key: row?.id, bot_id: "bot_1", bot_metadata: { title: "Sync" } },
    data: { id: "pe_own", participant_name: "José 🚀", participant_uuid: "u/1" },
  });
});

test("what is old when it comes is told to nobody", async () => {
  const id = await listening();
  app.now = clock("10:00") + 8 * 24 * 60 * MINUTE;
  await happens(["10:00", joins("Ada")], ["10:05", leaves("Ada", { joinedAt: "10:00" })]);
  expect(triggersOf(await told(id))).toEqual([]);
});

test("who never came is told some minutes after the scheduled end, once", async () => {
  const id = await listening(["no_show.guest", "no_show.host"]);
  const person = (name: string, role: "host" | "guest") => ({
    ...{ name, role, userId: null, email: null },
  });
  await addScheduled(
    app.database,
    {
      ...{ sourceId: account.id, room: "algebra", title: "Algebra", timeZone: "UTC" },
      ...{ startsAt: clock("10:00"), endsAt: clock("10:30") },
      ...{ lateAfterMs: 5 * MINUTE, verdictAfterMs: 5 * MINUTE },
    },
    [person("Cy", "host"), person("Ada", "guest"), person("Bo", "guest")],
    "ada",
    app.now,
  );
  await happens(["10:01", joins("Cy", { host: true })], ["10:20", joins("Ada")]);
  const look = async (at: string) => {
    app.now = clock(at);
    await tellNoShows(app.database.orm, await telling(), clock("9:00"));
    return told(id);
  };
  expect(await look("10:35")).toEqual([]);
  for (const at of ["10:41", "10:50"]) {
    const rows = await look(at);
    expect(rows).toMatchObject([{ trigger: "no_show.guest" }]);
    expect(JSON.parse(rows[0]?.body ?? "").data.person).toMatchObject({ name: "Bo" });
  }
});

test("of an erased person nothing is sent or shown any more; of a removed source nothing is left", async () => {
  const id = await listening(["participant.joined"]);
  await happens(["10:00", joins("Ada Erased")]);
  await told(id);
  const { orm } = app.database;
  const [person] = await orm.select().from(people).where(eq(people.name, "Ada Erased"));
  const by = { kind: "command", id: null, label: "ada", address: null, userAgent: null } as const;
  await erasePerson(app.database, person?.id ?? "", {
    ...{ by, secret: SECRET, now: () => app.now },
    onErased: () => undefined,
  });
  expect(await told(id)).toMatchObject([{ body: null, state: "failed" }]);
  await removeSources(app.database, onlySource(account.id), () => undefined, GENTLE);
  expect(await told(id)).toEqual([]);
});
