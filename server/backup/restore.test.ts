import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createKey, keyNamed } from "#db/access/keys.ts";
import { makeLink } from "#db/access/links.ts";
import { type Database, openDatabase } from "#db/connection/client.ts";
import { migrations } from "#db/connection/migrate.ts";
import { storedMonths } from "#db/recording/months.ts";
import { accessLinks, attemptCounts } from "#db/schema/members.ts";
import { execute } from "#db/testing/database.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import { joins, knocks, leaves, minutes } from "#domain/testing/history.ts";
import { admit } from "#server/access/members.ts";
import { createAuth } from "#server/access/sign-in/auth.ts";
import { signedIn } from "#server/access/sign-in/session.ts";
import type { CliContext } from "#server/cli/command.ts";
import { runSeeding } from "#server/cli/seed.ts";
import { openCliContext } from "#server/cli/testing/cli-context.ts";
import { createDoor } from "#server/ingest/door.ts";
import { Projector } from "#server/ingest/projector.ts";
import { replay } from "#server/runtime/jobs/replay.ts";
import { announce } from "#server/runtime/running.ts";
import { ADA } from "#server/testing/actor.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { digestOf, tablesOf } from "#server/testing/digest.ts";
import { readModels } from "#server/testing/stored.ts";
import {
  answerOf,
  deliverBodies,
  post,
  SECRET,
  type TestApp,
  type TestSource,
  TOLERANCE_MS,
} from "#server/testing/test-app.ts";
import { unlockWith } from "./backup-file.ts";
import { makeBackup } from "./make.ts";
import { checkBackup, restoreBackup } from "./restore.ts";
import { type EmptyPlace, emptyPlace } from "./testing/places.ts";

const PASSWORD = "three unrelated words";
const PASSPHRASE = "correct horse battery";
const OPEN = unlockWith(async () => null);
const silent = { say: () => undefined, now: Date.now };
const log = { warn: () => undefined, error: () => undefined };

let app: TestApp;
let desk: CliContext;
let close: () => Promise<void>;
let source: TestSource;
let cookie: string;
let key: string;
let folder: string;
beforeAll(async () => {
  ({ house: app, desk, close } = await openCliContext());
  folder = desk.env.dataDir;
  await runSeeding(desk, { events: 400, seed: 1, until: "2026-03-31" });
  source = await app.account();
  await deliverBodies(
    app,
    source,
    "ward",
    minutes(["10:00", joins("Ada")], ["10:05", knocks("Bo")]),
  );
  await post(app, source, "no JSON");
  ({ key } = await createKey(app.database.orm, "Report"));
  cookie = await signIn(app.database);
});
afterAll(() => close());

const places: EmptyPlace[] = [];
const opened: Database[] = [];
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
  for (const place of places.splice(0)) await place.remove();
});

async function place(options: Parameters<typeof emptyPlace>[0] = {}): Promise<EmptyPlace> {
  const made = await emptyPlace(options);
  places.push(made);
  return made;
}

function open({ url }: EmptyPlace): Database {
  const database = openDatabase(url, { max: 4 });
  opened.push(database);
  return database;
}

function authOf(database: Database, secret: string) {
  const parts = { orm: database.orm, secret, publicUrl: "https://rollcall.example.com" };
  return createAuth({ ...parts, log: () => undefined });
}

/** Makes an owner and signs her in; her cookie. */
async function signIn(database: Database): Promise<string> {
  const library = authOf(database, SECRET);
  const { password } = await library.$context;
  const facts = {
    name: "Ada",
    email: "ada@example.com",
    role: "owner",
    sight: WHOLE_SIGHT,
  } as const;
  await admit(database.orm, facts, await password.hash(PASSWORD));
  return cookieOf(await askToSignIn(library, PASSWORD));
}

function askToSignIn(library: ReturnType<typeof createAuth>, password: string): Promise<Response> {
  const origin = "https://rollcall.example.com";
  const headers = { "content-type": "application/json", host: "rollcall.example.com", origin };
  const body = JSON.stringify({ email: "ada@example.com", password });
  return library.handler(
    new Request(`${origin}/api/auth/sign-in/email`, { method: "POST", headers, body }),
  );
}

function cookieOf(answer: Response): string {
  return answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

let made = 0;
async function backup(passphrase: string | null = null): Promise<string> {
  made += 1;
  const path = join(folder, `${made}.backup`);
  await makeBackup(app.database, path, {
    ...{
      secret: SECRET,
      settings: { ROLLCALL_URL: "https://rollcall.example.com", MAIL_FROM: "R <r@x.y>" },
    },
    ...{ passphrase, by: ADA, isScheduled: false, ...silent },
  });
  return path;
}

async function restore(
  path: string,
  to: EmptyPlace,
  passphrase: string | null = null,
): Promise<void> {
  const checked = await checkBackup(
    path,
    unlockWith(async () => passphrase),
    silent,
  );
  await restoreBackup(to.env, checked, ADA, silent);
}

const withoutAudit = (tables: string[]) => tables.filter((name) => name !== "audit_entries");
const auditLines = (database: Database) =>
  database.sql<
    { line: string }[]
  >`select to_jsonb(a)::text as line from audit_entries a order by id`;

test("what a first start left in the empty place is gone, also where the backup has the same", async () => {
  const expire = new Date(Date.now() + 60_000);
  const attempt = { key: "account:ada@example.com", points: 3, expire };
  await app.database.orm.insert(attemptCounts).values(attempt);
  const path = await backup();
  const to = await place({ isMigrated: true });
  const started = open(to);
  await started.orm.insert(attemptCounts).values({ ...attempt, points: 1 });
  await makeLink(started.orm, "set_up", null, Date.now());
  await started.close();
  await restore(path, to);
  const { orm } = open(to);
  expect(await orm.select().from(accessLinks)).toEqual([]);
  expect(await orm.select().from(attemptCounts)).toMatchObject([{ points: 3 }]);
});

describe("a restored backup is the installation that was backed up", () => {
  test.each([null, PASSPHRASE])(
    "every row, the secrets and the sign-ins, with the passphrase %s",
    async (passphrase) => {
      const all = withoutAudit(await tablesOf(app.database));
      const [before, models, audited] = [
        await digestOf(app.database, all),
        await readModels(app.database),
        (await auditLines(app.database)).map(({ line }) => line),
      ];
      const path = await backup(passphrase);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(readFileSync(path).includes(SECRET)).toBe(false);
      const to = await place({ isMigrated: passphrase !== null });
      await restore(path, to, passphrase);

      const database = open(to);
      expect(await digestOf(database, all)).toEqual(before);
      expect(await readModels(database)).toEqual(models);
      const restored = (await auditLines(database)).map(({ line }) => line);
      expect(restored.slice(0, -1)).toEqual(audited);
      expect(restored.at(-1)).toContain('"backup.restored"');
      expect(await storedMonths(database.orm)).toHaveLength(
        (await storedMonths(app.database.orm)).length,
      );

      expect(to.secret()).toBe(SECRET);
      expect(readFileSync(join(to.dataDir, "restored.env"), "utf8")).toBe(
        'ROLLCALL_URL=https://rollcall.example.com\nMAIL_FROM="R <r@x.y>"\n',
      );
      expect(await keyNamed(database.orm, key, Date.now())).not.toBeNull();
      expect(await signedIn(cookie, database.orm, to.secret())).not.toBeNull();
      expect((await askToSignIn(authOf(database, to.secret()), PASSWORD)).status).toBe(200);

      const projector = new Projector(database, { now: () => app.now, log });
      const door = createDoor(database, {
        ...{ secret: to.secret(), toleranceMs: TOLERANCE_MS, now: () => app.now, log, projector },
      });
      const news = minutes(["10:10", leaves("Ada")])[0];
      const body = news === undefined ? "" : bodyOf(source.provider, news, "ward", "of-later");
      expect(await answerOf(await post({ door }, source, body))).toBe("recorded");
      await projector.stop();
      expect(await digestOf(database, ["meetings"])).not.toEqual(
        await digestOf(app.database, ["meetings"]),
      );
    },
  );

  test("a backup that is made while webhooks come is of one moment", async () => {
    const over = new AbortController();
    const flow = (async () => {
      for (let n = 0; n < 50 && !over.signal.aborted; n++) {
        const [name, room] = [`P${n}`, `room ${n % 3}`];
        await deliverBodies(
          app,
          source,
          room,
          minutes(["10:00", joins(name)], ["10:09", leaves(name)]),
        );
      }
    })();
    const path = await backup().finally(() => over.abort());
    await flow;
    const to = await place();
    await restore(path, to);
    const database = open(to);
    const holes = await database.sql`
      select meeting_id from events group by meeting_id having max(seq) <> count(*)`;
    expect(holes).toHaveLength(0);
    const apart = await database.sql`
      select id from meetings m where seq <> (select count(*) from events e where e.meeting_id = m.id)`;
    expect(apart).toHaveLength(0);
    const projector = new Projector(database, { now: () => app.now, log });
    await projector.idle();
    const before = await readModels(database);
    await replay(database, null, () => undefined, { now: () => app.now });
    expect(await readModels(database)).toEqual(before);
    await projector.stop();
  });
});

describe("nothing is restored, and nothing is changed", () => {
  test("over what is there", async () => {
    const path = await backup();
    const to = await place();
    await restore(path, to);
    const before = await digestOf(open(to), await tablesOf(app.database));
    const second = await checkBackup(path, OPEN, silent);
    await expect(restoreBackup(to.env, second, ADA, silent)).rejects.toThrow("uses this database");
    await opened.pop()?.close();
    await expect(restoreBackup(to.env, second, ADA, silent)).rejects.toThrow("has rows in");
    expect(await digestOf(open(to), await tablesOf(app.database))).toEqual(before);
  });

  test("where another program's tables are, where a server runs, and where another key is set", async () => {
    const path = await backup();
    const checked = await checkBackup(path, OPEN, silent);
    const to = await place();
    await execute(to.url, "create table invoices (id int)");
    await expect(restoreBackup(to.env, checked, ADA, silent)).rejects.toThrow("not Rollcall's");
    const withdraw = announce(to.dataDir, "http://127.0.0.1:1");
    await expect(restoreBackup(to.env, checked, ADA, silent)).rejects.toThrow("stop it first");
    withdraw();
    const other = await place({ vars: { ROLLCALL_SECRET: "another".repeat(5) } });
    await expect(restoreBackup(other.env, checked, ADA, silent)).rejects.toThrow("another key");
  });

  test("of a later version, of something else, and without the passphrase", async () => {
    const read = (path: string, passphrase: string | null = null) =>
      checkBackup(
        path,
        unlockWith(async () => passphrase),
        silent,
      );
    const path = await backup(PASSPHRASE);
    await expect(read(path)).rejects.toThrow("is encrypted");
    await expect(read(path, "another passphrase")).rejects.toThrow("not the one");
    const text = join(folder, "notes.txt");
    writeFileSync(text, "not a backup");
    await expect(read(text)).rejects.toThrow("is no backup of Rollcall");
    await expect(read(join(folder, "nowhere"))).rejects.toThrow("no such file");
    await expect(backupOver(path)).rejects.toThrow("is there already");
    const last = migrations().at(-1)?.when ?? 0;
    const future = "insert into drizzle.__drizzle_migrations (hash, created_at)";
    await execute(app.url, `${future} values ('later', ${last + 1})`);
    const later = await backup();
    await execute(app.url, `delete from drizzle.__drizzle_migrations where hash = 'later'`);
    await expect(read(later)).rejects.toThrow("a later version");
  });

  const backupOver = (path: string) =>
    makeBackup(app.database, path, {
      ...{ secret: SECRET, settings: {}, passphrase: null, by: ADA, isScheduled: false, ...silent },
    });
});

test("a key that was there is set aside, and a backup that cannot be written leaves nothing", async () => {
  const path = await backup();
  const to = await place();
  writeFileSync(join(to.dataDir, "secret"), "what was there before\n");
  await restore(path, to);
  expect(to.secret()).toBe(SECRET);
  const nowhere = join(folder, "nowhere", "x.backup");
  await expect(
    makeBackup(app.database, nowhere, {
      ...{ secret: SECRET, settings: {}, passphrase: null, by: ADA, isScheduled: false, ...silent },
    }),
  ).rejects.toThrow("no such file or folder");
});
