import { afterEach, beforeEach, expect, test } from "vitest";
import { type Database, openDatabase, shareDatabase } from "#db/connection/client.ts";
import { installZone } from "#db/installation/installation.ts";
import { type TestDatabase, testDatabase } from "#db/testing/database.ts";
import { eventually } from "#db/testing/eventually.ts";
import { NO_SETTINGS } from "#domain/access/member.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import type { Requester } from "#server/http/actor.ts";
import { viewer, viewerZone, withViewer } from "#server/http/viewer.ts";
import {
  followInstallationZone,
  installationTimeZone,
  installationZone,
  readInstallationZone,
} from "#server/http/zone.ts";
import { getInstallation, patchInstallation } from "./installation.ts";

let testDb: TestDatabase;
let database: Database;
const server = Intl.DateTimeFormat().resolvedOptions().timeZone;

beforeEach(async () => {
  testDb = await testDatabase();
  database = openDatabase(testDb.url);
  shareDatabase(database);
  await readInstallationZone(database, null);
});

afterEach(async () => {
  // Settings of the process are restored for the next test file.
  await installZone(database.orm, null);
  await readInstallationZone(database, null);
  await database.close();
  await testDb.drop();
});

const HERE: Requester = {
  caller: { kind: "session", sight: WHOLE_SIGHT, until: 0, epoch: null },
  from: { address: "127.0.0.1", userAgent: null },
};
const patch = (body: unknown) =>
  patchInstallation(
    new Request("http://rollcall/api/v1/installation", {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
    HERE,
  );

test("the installation's zone is the server's until it is set, and again when it is unset", async () => {
  expect(await (await getInstallation()).json()).toEqual({ time_zone: server, set_by: "server" });
  expect(await (await patch({ time_zone: "Asia/Kolkata" })).json()).toEqual({
    time_zone: "Asia/Kolkata",
    set_by: "setting",
  });
  expect(installationTimeZone()).toBe("Asia/Kolkata");
  await patch({ time_zone: null });
  expect(installationZone()).toEqual({ zone: server, by: "server" });
});

test("an unknown zone is refused, and so is any zone while the variable sets it", async () => {
  for (const time_zone of ["Mars/Phobos", "+01:00", 5, undefined]) {
    await expect(patch({ time_zone })).rejects.toMatchObject({ status: 400 });
  }
  await readInstallationZone(database, "Europe/Berlin");
  await expect(patch({ time_zone: "UTC" })).rejects.toMatchObject({ status: 409 });
  expect(installationZone()).toEqual({ zone: "Europe/Berlin", by: "variable" });
});

test("every process takes the new zone", async () => {
  let changes = 0;
  const stop = await followInstallationZone(database, null, {
    changed: () => {
      changes += 1;
    },
    log: {
      error: (about) => {
        throw about;
      },
    },
  });
  await installZone(database.orm, "America/New_York");
  await eventually(() => expect(installationTimeZone()).toBe("America/New_York"));
  await eventually(() => expect(changes).toBe(1));
  await stop();
});

const ADA = {
  kind: "member",
  id: "m1",
  session: "s1",
  name: "Ada",
  email: "ada@example.com",
  role: "viewer",
  sight: WHOLE_SIGHT,
  hasSecondFactor: false,
  changedAt: 0,
} as const;

test("a page is in the zone of its address, else in the one that its member or its browser chose, else in the installation's", async () => {
  await readInstallationZone(database, "Europe/Berlin");
  const cookie = "a=b; rollcall-view=choice=browser&own=America%2FNew_York&hours=h12&first=7";
  const zone = (url: string, headers: Record<string, string>) =>
    withViewer({ url, headers }, null, () => viewerZone());
  expect(zone("/", {})).toBe("Europe/Berlin");
  expect(zone("/", { cookie })).toBe("America/New_York");
  expect(zone("/?tz=Asia/Riyadh", { cookie })).toBe("Asia/Riyadh");
  expect(zone("/?tz=nowhere", { cookie })).toBe("America/New_York");
  expect(zone("/", { cookie: "rollcall-view=choice=%00;;;==" })).toBe("Europe/Berlin");
  expect(viewerZone()).toBe("Europe/Berlin");

  const ofMember = (timeZone: string | null) => {
    const settings = { ...NO_SETTINGS, timeZone, hourCycle: "h23" } as const;
    const caller = { ...ADA, settings };
    return withViewer({ url: "/", headers: { cookie } }, caller, () => [
      viewerZone(),
      viewer().manner.hours,
      viewer().manner.firstDay,
    ]);
  };
  expect(ofMember("Asia/Kolkata")).toEqual(["Asia/Kolkata", "h23", 7]);
  expect(ofMember("browser")[0]).toBe("America/New_York");
  expect(ofMember(null)[0]).toBe("Europe/Berlin");

  const localeSettings = (headers: Record<string, string>) =>
    withViewer({ url: "/", headers }, null, () => viewer().manner);
  expect(localeSettings({ "accept-language": "de-DE,de;q=0.9" })).toMatchObject({
    group: ".",
    decimal: ",",
    hours: "h23",
    firstDay: 1,
  });
  expect(localeSettings({ "accept-language": "de-DE", cookie })).toMatchObject({
    group: ".",
    hours: "h12",
    firstDay: 7,
  });
});
