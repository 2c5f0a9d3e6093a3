import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { addScheduled } from "#db/scheduled/scheduled.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import { LISTS } from "#domain/lists/lists.ts";
import { clock, joins, knocks, minutes } from "#domain/testing/history.ts";
import type { Caller } from "#server/http/gate/caller.ts";
import { isNoticed } from "#server/http/lists/parameters.ts";
import { operationsIn } from "#server/http/openapi/testing/document.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { routes } from "#server/http/testing/routes.ts";
import { withViewer } from "#server/http/viewer.ts";
import { readMeetingsPage } from "#server/meetings/page.ts";
import { readPeoplePage } from "#server/people/page.ts";
import { readPersonPage } from "#server/people/person.ts";
import { readRoomsPage } from "#server/rooms/page.ts";
import { readRegisterPage } from "#server/rooms/register.ts";
import { readClassListsPage } from "#server/scheduled/list-pages.ts";
import { readExpectedPage } from "#server/scheduled/pages.ts";
import { readImportsPage } from "#server/sources/imports/api.ts";
import { deliverBodies, type TestSource } from "#server/testing/test-app.ts";
import { readWaitingPage } from "#server/waits/page.ts";
import { AskedParams } from "./asked.ts";

vi.mock("next/server", () => ({ connection: async () => undefined }));
vi.mock("next/headers", () => ({ headers: async () => new Headers({ host: "localhost:3000" }) }));

const NOW = clock("10:30");
const READER: Caller = {
  kind: "key",
  id: "",
  name: "Report",
  scopes: ["read"],
  sight: WHOLE_SIGHT,
};
const NOBODY = "ffffffff-ffff-4fff-8fff-ffffffffffff";

let client: ApiClient;
let account: TestSource;
beforeAll(async () => {
  client = await openApiClient();
  account = await client.app.account();
  await deliverBodies(
    client.app,
    account,
    "algebra",
    minutes(["10:00", knocks("Bo")], ["10:01", joins("Ada", { host: true })]),
  );
});
afterAll(() => client.app.close());

const orm = () => client.app.database.orm;
const passed = (query: string, read: (asked: AskedParams) => unknown) => {
  const asked = new AskedParams(query);
  read(asked);
  return asked.passedOver();
};

describe("a parameter of an address", () => {
  test("is reported where the page did not read it, with the name that was most likely meant", () => {
    const found = passed("sorce=a&elephant=1&q=b", (asked) => [
      asked.text("source"),
      asked.text("q"),
    ]);
    expect(found).toMatchObject([
      { name: "sorce", why: { kind: "unknown", meant: "source" } },
      { name: "elephant", why: { kind: "unknown", meant: null } },
    ]);
  });

  test("is reported where it cannot be read, with what is shown instead", () => {
    const asked = new AskedParams(`sort=up&order=asc&show=&q=${"x".repeat(99)}`);
    expect(asked.oneOf("sort", ["name"], "By name.")).toBeNull();
    expect(asked.oneOf("order", ["asc", "desc"], "Down.")).toBe("asc");
    expect(asked.oneOf("show", ["all"], "All.")).toBeNull();
    expect(asked.read("q", () => null, "Nothing.")).toBeNull();
    expect(asked.passedOver()).toEqual([
      { name: "sort", why: { kind: "unreadable", value: "up" }, instead: "By name." },
      { name: "q", why: { kind: "unreadable", value: `${"x".repeat(60)}…` }, instead: "Nothing." },
    ]);
  });

  test("is reported where it is repeated", () => {
    expect(passed("room=a&room=b", (asked) => asked.text("room"))).toMatchObject([
      { name: "room", why: { kind: "repeated", value: "a" } },
    ]);
  });

  test("is not reported where other programs add it to every link", () => {
    const hung =
      "utm_source=a&utm_campaign=b&fbclid=c&gclid=d&msclkid=e&mc_cid=f&_ga=g&igshid=h&gbraid=i";
    expect(passed(hung, () => null)).toEqual([]);
  });
});

const DAYS = "from=2026-13-01&to=yesterday&tz=Mars/Olympus";

test.each([
  [
    "waits",
    `${DAYS}&sort=x&order=x&cursor=x&target_ms=0&level=x&short=x&goal=101&heat=x&show=x&week_hour=168`,
    (asked: AskedParams) => readWaitingPage(asked, orm(), NOW),
  ],
  [
    "the expected",
    `${DAYS}&show=soon&cursor=W10`,
    (asked: AskedParams) => readExpectedPage(asked, orm(), NOW),
  ],
  ["class lists", "cursor=x", readClassListsPage],
  ["imports", "cursor=x", readImportsPage],
  [
    "a room",
    `${DAYS}&late_ms=late&share=101&min_duration_ms=-1`,
    async (asked: AskedParams) => {
      const { rows } = await readRoomsPage(new URLSearchParams(), orm(), NOW);
      return readRegisterPage(rows[0]?.id ?? "", asked, orm(), NOW);
    },
  ],
  [
    "a person",
    `${DAYS}&cursor=x`,
    async (asked: AskedParams) => {
      const { rows } = await readPeoplePage(new URLSearchParams(), orm(), NOW);
      return readPersonPage(rows[0]?.id ?? "", asked, orm(), NOW);
    },
  ],
] as const)(
  "the page of %s reports the parameters that it cannot read, and no others",
  async (_, query, read) => {
    const asked = new AskedParams(query);
    expect(await read(asked)).not.toBeNull();
    const unreadable = asked.passedOver().filter(({ why }) => why.kind === "unreadable");
    const names = [...new Set(new URLSearchParams(query).keys())];
    expect(unreadable.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
    expect(asked.passedOver().filter(({ why }) => why.kind !== "unreadable")).toEqual([]);
    expect(unreadable.every(({ instead }) => instead.endsWith("."))).toBe(true);
  },
);

const drawing = z.object({ default: z.custom<Page>((value) => typeof value === "function") });
const answered = z.object({ props: z.object({ asked: z.instanceof(AskedParams) }) });
type Page = (props: { searchParams: Promise<Record<string, string>> }) => Promise<unknown>;
const pages = import.meta.glob("/app/*/*/page.tsx", { eager: true });

/* Found by listing: a list that is added is asked for whatever its address takes. */
test.each(LISTS)(
  "the page of the list of $name reports every parameter that it cannot read",
  async ({ name }) => {
    const list = operationsIn(routes).find(({ path }) => path === `/api/v1/${name}`);
    const takes = Object.entries(list?.takes ?? {});
    const unreadable = takes.flatMap(([own, kind]) => (isNoticed(kind) ? [own] : []));
    expect(unreadable).toEqual(expect.arrayContaining(["sort", "order"]));
    const names = [...unreadable, "from", "to", "tz", "cursor", "cols"].toSorted();
    const { default: draw } = drawing.parse(pages[`/app/(dashboard)/${name}/page.tsx`]);
    const query = Object.fromEntries(names.map((own) => [own, "!"]));
    const drawn = await withViewer({ url: "/", headers: {} }, READER, () =>
      draw({ searchParams: Promise.resolve(query) }),
    );
    const passed = answered.parse(drawn).props.asked.passedOver();
    expect(passed.map((one) => one.name).toSorted()).toEqual(names);
    expect(passed.filter(({ why }) => why.kind !== "unreadable")).toEqual([]);
    expect(passed.every(({ instead }) => instead.endsWith("."))).toBe(true);
  },
);

describe("a link to a source or room that is not there any more", () => {
  const pages = [
    ["meetings", readMeetingsPage],
    ["people", readPeoplePage],
    ["waits", readWaitingPage],
    ["scheduled meetings", readExpectedPage],
  ] as const;
  const rowsOf = (page: object): unknown => ("rows" in page && !("waits" in page) ? page.rows : []);

  test.each(pages)("of a source lists no %s, and says so", async (_, read) => {
    for (const source of [NOBODY, "clinic"]) {
      const page = await read(new URLSearchParams({ source }), orm(), NOW);
      expect([rowsOf(page), page.choices.gone]).toEqual([[], ["source"]]);
    }
    const { gone } = (await read(new URLSearchParams({ source: account.id }), orm(), NOW)).choices;
    expect(gone).toEqual([]);
  });

  test.each(pages)("of a room lists no %s, and says so", async (_, read) => {
    const page = await read(new URLSearchParams({ room: "geometry" }), orm(), NOW);
    expect([rowsOf(page), page.choices.gone]).toEqual([[], ["room"]]);
    const { gone } = (await read(new URLSearchParams({ room: "algebra" }), orm(), NOW)).choices;
    expect(gone).toEqual([]);
  });

  test("finds rooms in which people are only expected", async () => {
    const times = { startsAt: NOW, endsAt: NOW + 60_000, lateAfterMs: 0, verdictAfterMs: 0 };
    await addScheduled(
      client.app.database,
      { sourceId: account.id, room: "botany", title: null, timeZone: "UTC", ...times },
      [],
      "Mia",
      NOW,
    );
    const page = await readExpectedPage(new URLSearchParams({ room: "botany" }), orm(), NOW);
    expect([page.rows.length, page.choices.gone]).toEqual([1, []]);
  });

  test("gives programs an empty list, and no error", async () => {
    const lists = operationsIn(routes).flatMap(({ path, takes }) =>
      "source" in takes && "cursor" in takes && !path.includes("{") ? [path] : [],
    );
    expect(lists).toEqual(expect.arrayContaining(["/api/v1/meetings", "/api/v1/waiting/lost"]));
    for (const list of lists) {
      expect([list, await client.read(`${list}?source=${NOBODY}`)]).toMatchObject([
        list,
        { results: [] },
      ]);
    }
  });
});
