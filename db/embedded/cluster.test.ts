import { expect, test } from "vitest";
import { explain, serverSettings } from "./cluster.ts";
import { dataLayoutIn } from "./data-layout.ts";

const layout = dataLayoutIn("/srv/data");

test("an acknowledged delivery is on the disk, and only this machine can connect", () => {
  const settings = serverSettings(5999).join(" ");
  expect(settings).toContain("-c fsync=on");
  expect(settings).toContain("-c synchronous_commit=on");
  expect(settings).toContain("-c listen_addresses=127.0.0.1");
  expect(settings).toContain("-c port=5999");
});

test("a failure is one line with its reason and the log", () => {
  const output = `LOG:  starting
2026-11-21 FATAL:  could not map anonymous shared memory: Cannot allocate memory
HINT:  ...`;
  expect(explain("could not start", output, layout)).toBe(
    "The embedded database could not start: could not map anonymous shared memory: Cannot " +
      "allocate memory. More is in /srv/data/postgres.log; set DATABASE_URL to use a PostgreSQL of your own.",
  );
});

test("a full disk is named as the reason", () => {
  const output = 'initdb: error: could not create directory "x": No space left on device';
  expect(explain("could not be made", output, layout)).toMatch(/the disk with \/srv\/data is full/);
});

test("a program without output still gets a line", () => {
  expect(explain("could not start", "", layout)).toMatch(
    /^The embedded database could not start\. /,
  );
});
