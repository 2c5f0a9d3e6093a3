import { afterAll, beforeAll, expect, test } from "vitest";
import { addHours } from "#db/sources/refusal-hours.ts";
import { clock, joins } from "#domain/testing/history.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { post, type TestSource } from "#server/testing/test-app.ts";
import { latestLines, refusedLines, shownLatest, shownRefused } from "./deliveries-shown.ts";
import { openCliContext } from "./testing/cli-context.ts";

let cli: Awaited<ReturnType<typeof openCliContext>>;
let account: TestSource;
beforeAll(async () => {
  cli = await openCliContext();
  account = await cli.house.account();
  await post(cli.house, account, bodyOf("daily", joins("Ada")(clock("10:00")), "algebra", "1"));
  await post(cli.house, account, "no JSON");
});
afterAll(() => cli.close());

test("the latest deliveries are a line each, narrowed as on the page", async () => {
  const all = latestLines(await shownLatest(cli.desk, {}));
  expect(all).toHaveLength(2);
  expect(all[0]).toMatch(/unreadable.*body is not JSON$/);
  expect(all[1]).toMatch(
    /recorded .*participant\.joined {2}Clinic {2}algebra {2}Ada {2}kept in \d/,
  );
  expect(await shownLatest(cli.desk, { status: "unreadable" })).toHaveLength(1);
  expect(await shownLatest(cli.desk, { person: "ada", limit: 1 })).toHaveLength(1);
  expect(latestLines(await shownLatest(cli.desk, { room: "attic" }))).toEqual([
    "No deliveries match.",
  ]);
});

test.each([{ status: "lost" }, { limit: 0 }, { limit: 1.5 }])("%o is a mistake", async (flags) => {
  await expect(shownLatest(cli.desk, flags)).rejects.toThrow("must be");
});

test("what was refused is said with a guess at the cause", async () => {
  expect(refusedLines(await shownRefused(cli.desk))).toEqual([
    "Nothing was refused in the last seven days.",
  ]);
  const at = Date.now();
  const hour = Math.floor(at / 3_600_000) * 3_600_000;
  const own = { sourceId: account.id, hour, count: 3, lastAt: at, lastAddress: "192.0.2.7" };
  await addHours(cli.house.database.orm, [{ ...own, reason: "signature_missing" }]);
  const [line, hint] = refusedLines(await shownRefused(cli.desk));
  expect(line).toMatch(/^Clinic: 3, it was not signed; the last at .* from 192\.0\.2\.7$/);
  expect(hint).toContain("was the secret taken out there");
});
