import { afterAll, beforeAll, expect, test } from "vitest";
import { execute } from "#db/testing/database.ts";
import { joins, knocks, leaves, minutes } from "#domain/testing/history.ts";
import { createLog } from "#server/runtime/log.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { deliverBodies, openTestApp, post, type TestApp } from "#server/testing/test-app.ts";

const NAME = "Zebedee Quuxington";
const ROOM = "the-quuxington-ward";
const PECULIAR = /zebedee|quuxington/i;

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

/** The database refuses a row, and quotes all of it, as a constraint of somebody's own may. */
const refusing = (table: string) => `
  create or replace function quoting() returns trigger language plpgsql as $$
  begin
    raise exception 'no such row: %', new using errcode = '22000', detail = '${NAME}';
  end $$;
  create trigger quoting before insert on ${table} for each row execute function quoting()`;

test("whatever goes wrong with a webhook, the log has no name, room, body or secret", async () => {
  const own = await app.account();
  const day = minutes(["10:00", knocks(NAME)], ["10:01", joins(NAME)], ["10:09", leaves(NAME)]);
  const [knock, join] = day;
  const [late] = minutes(["10:05", joins(`${NAME} II`)]);
  if (!knock || !join || !late) throw new Error("a day begins");
  await deliverBodies(app, own, ROOM, day);
  await post(app, own, bodyOf("daily", knock, ROOM, "a"), { secret: "b3RoZXI=" });
  await post(app, own, JSON.stringify({ type: "participant.joined", payload: { name: NAME } }));
  await post(app, { ...own, id: crypto.randomUUID() }, bodyOf("daily", knock, ROOM, "b"));
  await execute(app.url, refusing("deliveries"));
  await post(app, own, bodyOf("daily", late, ROOM, "c"));
  await execute(app.url, "drop trigger quoting on deliveries");
  await execute(app.url, refusing("events"));
  await post(app, own, bodyOf("daily", join, `${ROOM} 2`, "d"));
  await execute(app.url, "drop trigger quoting on events");

  const lines: string[] = [];
  const log = createLog("trace", { write: (line) => lines.push(line) });
  for (const { about, message } of app.log) log.error(about, message);
  expect(new Set(app.log.map(({ message }) => message)).size).toBeGreaterThan(2);
  const text = lines.join("");
  expect(text).toContain("signature_mismatch");
  expect(text).toContain("unknown_source");
  expect(text).toContain(own.id);
  expect(text).not.toMatch(PECULIAR);
  expect(text).not.toContain(own.secret);
});
