import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { listen } from "#db/connection/bus.ts";
import { issueStatement } from "#db/people/statements/statements.ts";
import { addClassList, rememberAlias } from "#db/scheduled/class-lists.ts";
import { eventually } from "#db/testing/eventually.ts";
import { clock, joins, knocks, leaves, minutes, stopsWaiting } from "#domain/testing/history.ts";
import { recordCorrection } from "#server/ingest/record-correction.ts";
import { joinPeople } from "#server/people/link.ts";
import { checkStatement } from "#server/people/statements/check.ts";
import { stateAttendance } from "#server/people/statements/issue.ts";
import { audit } from "#server/runtime/audit.ts";
import { replay } from "#server/runtime/jobs/replay.ts";
import { ADA } from "#server/testing/actor.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { tablesWith } from "#server/testing/stored-texts.ts";
import {
  answerOf,
  deliverBodies,
  openTestApp,
  post,
  SECRET,
  type TestApp,
  type TestSource,
} from "#server/testing/test-app.ts";
import { erasePerson, resumeErasures } from "./erase-person.ts";
import { previewErasure } from "./preview.ts";

let app: TestApp;
let account: TestSource;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  vi.stubEnv("ROLLCALL_SECRET", SECRET);
  app.now = clock("12:00");
  account = await app.account();
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const options = () => ({
  ...{ by: ADA, secret: SECRET, now: () => app.now, onErased: () => undefined },
});

const zelda = { session: "zelda-connection", user: "zelda@example.org" };
const visit = minutes(
  ["10:00", joins("Zelda Zimmer", zelda)],
  ["10:01", joins("Bo")],
  ["10:30", leaves("Zelda Zimmer", { ...zelda, joinedAt: "10:00" })],
  ["10:40", leaves("Bo", { joinedAt: "10:01" })],
);
const TEXTS = ["Zelda", "zelda", "Zimmer", "zimmer"];

async function idOf(name: string): Promise<string> {
  const [row] = await app.database.orm.execute<{ id: string }>(sql`
    select id from people where source_id = ${account.id} and name = ${name} and known_by <> 'joined'`);
  return row?.id ?? "";
}

async function peopleNow() {
  const rows = await app.database.orm.execute<{ name: string; meetings: number }>(sql`
    select name, meetings from people where source_id = ${account.id} and part_of is null
      and meetings > 0 order by name`);
  return rows.map(({ name, meetings }) => `${name.replace(/\d+/, "N")}: ${meetings}`);
}

describe("an erased person", () => {
  test("is an erased person in their meetings, and nowhere else", async () => {
    await deliverBodies(app, account, "ward", visit);
    const person = await idOf("Zelda Zimmer");
    const roster = [
      { name: "Zelda Zimmer", userId: zelda.user, email: zelda.user, role: "guest" as const },
      { name: "Miss Z", userId: null, email: null, role: "guest" as const },
      { name: "Bo", userId: null, email: null, role: "guest" as const },
    ];
    const list = await addClassList(app.database, "7b", roster, "Mia", 0);
    const meant = {
      rosterId: list,
      entry: "n:miss z",
      knownBy: "name",
      value: "zelda zimmer",
    } as const;
    const where = { seenAs: "Zelda Zimmer", sourceId: account.id, room: "ward" };
    await rememberAlias(app.database, { ...meant, ...where }, "Mia", 0);
    const [meeting] = await app.database.orm.execute<{ id: string }>(
      sql`select id from meetings where source_id = ${account.id}`,
    );
    const { orm } = app.database;
    const issued = await stateAttendance(
      { orm, store: (facts, made) => issueStatement(app.database, facts, made) },
      { meetingId: meeting?.id ?? "", participantId: zelda.session },
      "the office",
      clock("11:00"),
    );
    const statement = issued.kind === "issued" ? issued.statement : null;
    expect(await previewErasure(orm, person)).toEqual({
      ...{ name: "Zelda Zimmer", names: 2, meetings: 1, deliveries: 2, statements: 1 },
      ...{ rosterLines: 2, auditEntries: 0, titles: 0 },
    });
    expect(await erasePerson(app.database, person, options())).toMatchObject({ meetings: 1 });
    expect(await tablesWith(app.database, [...TEXTS, "Miss Z", "miss z"])).toEqual([]);
    expect(await peopleNow()).toEqual(["Bo: 1", "Erased person N: 1"]);
    const held = { hash: statement?.hash ?? null, facts: statement?.facts ?? null };
    expect(await checkStatement(app.database, statement?.id ?? "", held)).toMatchObject({
      verdict: "erased",
      statement: { facts: null, erasedAt: app.now },
    });
    expect(await erasePerson(app.database, person, options())).toBeNull();
    expect(await previewErasure(orm, person)).toBeNull();
    const log = await orm.execute<{ label: string | null; id: string | null }>(sql`
      select about_label as label, about_id as id from audit_entries where action = 'person.erased'`);
    expect(log.at(-1)).toEqual({ label: null, id: null });
  });

  test("does not come back by what is reported late or again, nor by a replay", async () => {
    const left = visit.slice(2, 3);
    const bodies = visit.map((event) =>
      bodyOf("daily", event, "ward", `${account.id} ${event.at}`),
    );
    for (const body of bodies.filter((_, index) => index !== 2)) await post(app, account, body);
    await erasePerson(app.database, await idOf("Zelda Zimmer"), options());
    const again = bodies[0] ?? "";
    expect(await answerOf(await post(app, account, again))).toBe("repeated");
    await deliverBodies(app, account, "ward", left);
    const earlier = minutes(
      ["09:00", joins("Zelda Z.", { session: "another", user: zelda.user })],
      ["09:10", leaves("Zelda Z.", { session: "another", user: zelda.user, joinedAt: "09:00" })],
    );
    await deliverBodies(app, account, "hall", earlier);
    expect(await peopleNow()).toEqual(["Bo: 1", "Erased person N: 2"]);
    await replay(app.database, null, () => undefined, { now: () => app.now });
    expect(await peopleNow()).toEqual(["Bo: 1", "Erased person N: 2"]);
    expect(await tablesWith(app.database, TEXTS)).toEqual([]);
  });

  test("is somebody new at a later meeting, and the same erased person if erased again", async () => {
    await deliverBodies(app, account, "ward", visit);
    await erasePerson(app.database, await idOf("Zelda Zimmer"), options());
    const later = minutes(
      ["13:00", joins("Zelda Zimmer", { ...zelda, session: "new" })],
      ["13:10", leaves("Zelda Zimmer", { ...zelda, session: "new", joinedAt: "13:00" })],
    );
    await deliverBodies(app, account, "ward", later);
    expect(await peopleNow()).toEqual(["Bo: 1", "Erased person N: 1", "Zelda Zimmer: 1"]);
    app.now = clock("14:00");
    await erasePerson(app.database, await idOf("Zelda Zimmer"), options());
    expect(await peopleNow()).toEqual(["Bo: 1", "Erased person N: 2"]);
    expect(await tablesWith(app.database, TEXTS)).toEqual([]);
  });

  test("is one with themself, and not with who was joined to them by hand before", async () => {
    await deliverBodies(app, account, "ward", visit);
    const guest = minutes(["11:00", joins("Zelda Tablet")], ["11:10", leaves("Zelda Tablet")]);
    await deliverBodies(app, account, "ward", guest);
    const two = { one: await idOf("Zelda Zimmer"), other: await idOf("Zelda Tablet") };
    await joinPeople(app.database, [two.one, two.other], "Mia", 0);
    expect(await peopleNow()).toEqual(["Bo: 1", "Zelda Tablet: 2"]);
    await erasePerson(app.database, two.other, options());
    expect(await peopleNow()).toEqual(["Bo: 1", "Erased person N: 2"]);
    expect(await tablesWith(app.database, [...TEXTS, two.one, two.other])).toEqual([]);
  });

  test("stays who gave up and came in as a namesake, whose name is gone", async () => {
    const events = minutes(
      ["10:00", knocks("Gail Gray", { session: "waits" })],
      ["10:05", stopsWaiting("Gail Gray", { session: "waits", since: "10:00" })],
      ["10:30", joins("Gail Gray", { session: "other", user: "z" })],
      ["10:40", leaves("Gail Gray", { session: "other", user: "z", joinedAt: "10:30" })],
    );
    await deliverBodies(app, account, "ward", events);
    const lost = async () =>
      app.database.orm.execute(sql`
        select w.outcome, w.returned, m.people_lost_count from waits w join meetings m on m.id = w.meeting_id
        where m.source_id = ${account.id}`);
    const before = await lost();
    expect(before).toEqual([{ outcome: "left", returned: true, people_lost_count: 0 }]);
    const [user] = await app.database.orm.execute<{ id: string }>(sql`
      select id from people where source_id = ${account.id} and user_id = 'z'`);
    await erasePerson(app.database, user?.id ?? "", options());
    expect(await lost()).toEqual(before);
    await replay(app.database, null, () => undefined, { now: () => app.now });
    expect(await lost()).toEqual(before);
  });
});

describe("an erasure", () => {
  test("is heard by other processes, which forget what they knew", async () => {
    await deliverBodies(app, account, "ward", visit);
    const heard: boolean[] = [];
    const session = app.neighbour().database.session();
    const stop = await listen(
      session,
      ({ isGone }) => heard.push(isGone),
      () => undefined,
    );
    await erasePerson(app.database, await idOf("Zelda Zimmer"), options());
    await eventually(async () => expect(heard).toContain(true));
    await stop();
    await session.end();
    // The neighbour projects what comes late, and has no memory of the name either.
    const { door } = app.neighbour();
    const late = minutes(["11:30", joins("Zelda Zimmer", { ...zelda, session: "late" })]);
    await deliverBodies({ door }, account, "ward", late);
    expect(await peopleNow()).toEqual(["Bo: 1", "Erased person N: 2"]);
    expect(await tablesWith(app.database, TEXTS)).toEqual([]);
  });

  test("that is cut off goes on, and ends as if it had not been", async () => {
    for (const [index, room] of ["a", "b", "c"].entries()) {
      const moved = visit.map((event) => ({ ...event, at: event.at - index * 7_200_000 }));
      await deliverBodies(app, account, room, moved);
    }
    const person = await idOf("Zelda Zimmer");
    let count = 0;
    const cut = {
      ...{ ...options(), meetingsAtOnce: 1, isStopped: () => count > 0 },
      onErased: () => {
        count += 1;
      },
    };
    await expect(erasePerson(app.database, person, cut)).rejects.toThrow();
    expect(await tablesWith(app.database, TEXTS)).not.toEqual([]);
    expect(await resumeErasures(app.database, options())).toBe(1);
    expect(await peopleNow()).toEqual(["Bo: 3", "Erased person N: 3"]);
    expect(await tablesWith(app.database, TEXTS)).toEqual([]);
    expect(await resumeErasures(app.database, options())).toBe(0);
  });

  test("that is cut off goes on with the next one", async () => {
    await deliverBodies(app, account, "ward", visit);
    const cut = { ...options(), isStopped: () => true };
    await expect(erasePerson(app.database, await idOf("Zelda Zimmer"), cut)).rejects.toThrow();
    expect(await tablesWith(app.database, TEXTS)).not.toEqual([]);
    await erasePerson(app.database, await idOf("Bo"), options());
    expect(await peopleNow()).toEqual(["Erased person N: 1", "Erased person N: 1"]);
    expect(await tablesWith(app.database, TEXTS)).toEqual([]);
  });

  test("takes what the log says of them, and not of who is called nearly so", async () => {
    await deliverBodies(app, account, "ward", minutes(["10:00", joins("Ann Lee")]));
    const { orm } = app.database;
    const about = { kind: "scheduled_meeting", id: null } as const;
    for (const label of ["Check-up of Ann Lee", "Ann Leeson"]) {
      const details = { people: 1 };
      await audit(orm, ADA, { action: "schedule.made", about: { ...about, label }, details });
    }
    await erasePerson(app.database, await idOf("Ann Lee"), options());
    const rows = await orm.execute<{ label: string }>(sql`
      select about_label as label from audit_entries where action = 'schedule.made'
      order by id desc limit 2`);
    expect(rows.map(({ label }) => label)).toEqual(["Ann Leeson", null]);
  });

  test("finds what others wrote of them, in whatever case, where nobody's attendance is reported", async () => {
    await deliverBodies(
      app,
      account,
      "ward",
      minutes(
        ["09:00", joins("ZELDA ZIMMER", zelda)],
        ["09:10", leaves("ZELDA ZIMMER", { ...zelda, joinedAt: "09:00" })],
      ),
    );
    await deliverBodies(app, account, "ward", visit);
    for (const text of ["ask ZELDA ZIMMER for it", "the others"]) {
      const payload = { room: "ward", text };
      await post(app, account, JSON.stringify({ type: "chat.sent", id: text, payload }));
    }
    await erasePerson(app.database, await idOf("Zelda Zimmer"), options());
    expect(await tablesWith(app.database, ["ZELDA", ...TEXTS])).toEqual([]);
    expect(await tablesWith(app.database, ["the others"])).toContain("deliveries");
  });

  test("answers for a connection until the last time it was erased", async () => {
    await deliverBodies(app, account, "ward", visit);
    await erasePerson(app.database, await idOf("Zelda Zimmer"), options());
    const later = minutes(["13:00", joins("Zelda Zimmer", zelda)]);
    app.now = clock("13:05");
    await deliverBodies(app, account, "ward", later);
    app.now = clock("14:00");
    await erasePerson(app.database, await idOf("Zelda Zimmer"), options());
    // Daily's user id is that of the connection here; only the connection tells who left.
    const left = minutes(["13:10", leaves("Zelda Zimmer", { ...zelda, joinedAt: "13:00" })]);
    await deliverBodies(app, account, "ward", left);
    expect(await tablesWith(app.database, TEXTS)).toEqual([]);
    expect(await peopleNow()).toEqual(["Bo: 1", "Erased person N: 2"]);
  });

  test("keeps what an operator corrected about them", async () => {
    await deliverBodies(app, account, "ward", visit);
    const [meeting] = await app.database.orm.execute<{ id: string }>(
      sql`select id from meetings where source_id = ${account.id}`,
    );
    const same = { verdict: "same" as const, participantIds: [zelda.session, "Bo"] };
    await recordCorrection(app.database, meeting?.id ?? "", same, "Mia", app.now);
    await erasePerson(app.database, await idOf("Zelda Zimmer"), options());
    expect(await peopleNow()).toEqual(["Erased person N: 1"]);
    expect(await tablesWith(app.database, TEXTS)).toEqual([]);
  });
});
