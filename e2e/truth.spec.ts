import { expect, type Page } from "@playwright/test";
import type { ApiMeeting, ApiRow, ApiWait } from "./world/api.ts";
import { rollcall } from "./world/command.ts";
import {
  coverOf,
  leftIn,
  medianStay,
  type ReckonedMeeting,
  type ReckonedTruth,
} from "./world/reckoning.ts";
import { isLive, tile } from "./world/screens.ts";
import { test, type World } from "./world/test.ts";

/* A simulated half hour: the report of the simulation, the API's answers, and the pages all agree. */
test.describe.configure({ mode: "serial" });

const SEED = 20261120;
/** A page and an answer of the API are not of the same second. */
const SECONDS_APART = 4;

let truth: ReckonedTruth;

test("the API answers what the simulation did", async ({ world }) => {
  const sizes = ["--minutes", "30", "--meetings", "12", "--people", "150"];
  const report = (await rollcall(
    world.dataDir,
    ...["simulate", "--speed", "0", "--leave-open", "--seed", String(SEED), ...sizes],
  )) as { truth: ReckonedTruth; answers: Record<string, number> };
  expect(report.answers).toMatchObject({ refused: 0, failed: 0, unreadable: 0 });
  ({ truth } = report);

  const rows = await simulated(world);
  expect(rows).toHaveLength(truth.meetings.length);
  const statuses = new Set(truth.meetings.map(({ status }) => status));
  expect(statuses.size, "the simulation has meetings of several statuses").toBeGreaterThan(1);
  const providers = new Set(truth.meetings.map(({ provider }) => provider));
  expect([...providers].toSorted()).toEqual(["attendee", "daily", "generic"]);
  for (const meeting of truth.meetings) {
    const row = rows.find((one) => nameOf(one) === nameOf(meeting));
    expect(row, nameOf(meeting)).toBeDefined();
    const answer = await world.api.meeting(row?.id ?? "");
    expect(asTruth(answer, truth.as_of), nameOf(meeting)).toEqual(unordered(meeting));
  }
});

test("a meeting's page shows the API's numbers", async ({ page, world }) => {
  for (const row of oneOfEachKind(await simulated(world))) {
    await page.goto(`/meetings/${row.id}`);
    await isLive(page);
    const { present_count, waiting_count, people, peak, ...meeting } = await world.api.meeting(
      row.id,
    );
    const attendees = people.filter(({ first_joined_at: first }) => first !== null);

    await expect(tile(page, "Here now").number).toHaveText(String(present_count));
    await expect(tile(page, "Waiting").number).toHaveText(String(waiting_count));
    await expect(tile(page, "Came in").number).toHaveText(String(attendees.length));
    await expect(tile(page, "Left before admitted").number).toHaveText(
      String(leftIn(meeting.waits).left),
    );
    if (peak !== null) {
      await expect(tile(page, "Here now").note).toHaveText(
        new RegExp(`^peak ${peak.count} at \\d\\d:\\d\\d$`),
      );
    }
    const median = await shown(page, "Median stay");
    const cover = await shown(page, "Host cover");
    // A running time is at least what the API answered before the page was read, and at most what it answers
    // after.
    const after = await world.api.meeting(row.id);
    const attended = after.people.filter(({ first_joined_at: first }) => first !== null);
    isBetween(median, medianStay(attendees), medianStay(attended), SECONDS_APART);
    isBetween(cover, coverOf({ ...meeting, people }), coverOf(after), 1);
  }
});

test("the five numbers of the live page are those of all meetings", async ({ page, world }) => {
  await page.goto("/");
  await isLive(page);
  const ongoing = [
    ...(await world.api.all<ApiRow>("/api/v1/meetings?status=live")),
    ...(await world.api.all<ApiRow>("/api/v1/meetings?status=waiting")),
  ];
  const sum = (count: (row: ApiRow) => number) => ongoing.reduce((all, row) => all + count(row), 0);
  await expect(tile(page, "In meetings now").number).toHaveText(
    grouped(sum(({ present_count: present }) => present)),
  );
  await expect(tile(page, "In meetings now").note).toContainText(`across ${ongoing.length} `);
  await expect(tile(page, "Waiting now").number).toHaveText(
    grouped(sum(({ waiting_count: waiting }) => waiting)),
  );
  const meetings = await Promise.all(ongoing.map(({ id }) => world.api.meeting(id)));
  const hostless = meetings.filter(({ hosts }) => hosts.every(({ to }) => to !== null));
  await expect(tile(page, "Without a host").number).toHaveText(grouped(hostless.length));

  const midnight = await page.evaluate(() => new Date().setHours(0, 0, 0, 0));
  const from = new Date(midnight).toISOString();
  const waits = await world.api.all<ApiWait>(`/api/v1/waits?from=${from}`);
  const { left, entered } = leftIn(waits);
  await expect(tile(page, "Left before admitted").number).toHaveText(grouped(left));
  await expect(tile(page, "Left before admitted").note).toContainText(`of ${grouped(entered)}`);
  const admitted = waits.filter(({ outcome }) => outcome === "admitted");
  const inTime = admitted.filter(({ duration_ms: waited }) => waited <= 120_000);
  const tooLate = waits.filter(
    ({ outcome, duration_ms: waited }) =>
      ["left", "came_back"].includes(outcome) && waited > 120_000,
  );
  await expect(tile(page, "Admitted within 2 min").note).toHaveText(
    `${grouped(inTime.length)} of ${grouped(admitted.length + tooLate.length)} today`,
  );
});

test("the next simulation ends the meetings that were left open, and leaves none open itself", async ({
  world,
}) => {
  const open = (await simulated(world)).filter(({ status }) => status !== "ended");
  const sizes = ["--minutes", "2", "--meetings", "2", "--people", "6"];
  const report = (await rollcall(world.dataDir, ...["simulate", "--speed", "0", ...sizes])) as {
    truth: ReckonedTruth;
    open: object;
    tidied: object;
  };
  expect(report).toMatchObject({ open: { meetings: 0 }, tidied: { meetings: open.length } });
  const rows = await simulated(world);
  expect(rows.filter(({ status }) => status !== "ended")).toEqual([]);
  for (const meeting of report.truth.meetings) {
    const row = rows.find((one) => nameOf(one) === nameOf(meeting));
    const answer = await world.api.meeting(row?.id ?? "");
    expect(asTruth(answer, report.truth.as_of), nameOf(meeting)).toEqual(unordered(meeting));
  }
});

/** The meetings of the simulation, as the API lists them. */
async function simulated({ api }: World): Promise<ApiRow[]> {
  const rows = await api.all<ApiRow>("/api/v1/meetings");
  return rows.filter(({ source }) => source.name === "Simulation");
}

/** The fewest that show every status of each provider. */
function oneOfEachKind(rows: ApiRow[]): ApiRow[] {
  return [
    ...Map.groupBy(rows, ({ source, status }) => `${source.provider} ${status}`).values(),
  ].flatMap((alike) => alike.toSorted((a, b) => b.waiting_count - a.waiting_count).slice(0, 2));
}

/** The same name for a meeting in the truth and in the API. */
function nameOf(meeting: ReckonedMeeting | ApiRow): string {
  const provider = "source" in meeting ? meeting.source.provider : meeting.provider;
  return `${provider} ${meeting.room} ${meeting.started_at}`;
}

/** An answer of the API in the shape of the truth, as it was at `asOf`. */
function asTruth({ source, as_of, ...meeting }: ApiMeeting, asOf: string): unknown {
  const since = Date.parse(as_of) - Date.parse(asOf);
  return unordered({
    provider: source.provider,
    room: meeting.room,
    title: meeting.title,
    status: meeting.status,
    started_at: meeting.started_at,
    ended_at: meeting.ended_at,
    ended_by: meeting.ended_by,
    people: meeting.people.map((person) => ({
      name: person.name,
      user_id: person.user_id,
      status: person.status,
      attended_ms: person.attended_ms - (person.status === "present" ? since : 0),
      first_joined_at: person.first_joined_at,
      last_left_at: person.last_left_at,
    })),
    waits: meeting.waits.map(({ id: _, person_id: __, duration_is: ___, ...wait }) => ({
      ...wait,
      duration_ms: wait.duration_ms - (wait.outcome === "waiting" ? since : 0),
    })),
    hosts: meeting.hosts.map(({ person_id: _, ...host }) => host),
    present_count: meeting.present_count,
    waiting_count: meeting.waiting_count,
    peak: meeting.peak,
  });
}

/** Items of one moment have no order of their own, and the API does not count connections. */
function unordered(meeting: ReckonedMeeting): unknown {
  return {
    ...meeting,
    people: inOrder(meeting.people.map(({ participants: _, ...person }) => person)),
    waits: inOrder(meeting.waits),
    hosts: inOrder(meeting.hosts),
  };
}

function inOrder<Item extends object>(items: readonly Item[]): Item[] {
  const keyOf = (item: Item) => JSON.stringify(Object.entries(item).toSorted());
  return items.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** The value of a tile, a time in seconds; `null` where it has none. */
async function shown(page: Page, label: string): Promise<number | null> {
  const text = (await tile(page, label).number.textContent()) ?? "";
  if (text === "–") return null;
  return text
    .replace(/%|[≥≤] /g, "")
    .split(":")
    .reduce((sum, part) => sum * 60 + Number(part), 0);
}

function isBetween(
  seen: number | null,
  before: number | null,
  after: number | null,
  within: number,
): void {
  const words = `${seen} is shown, and ${before} answered before, ${after} after`;
  if (seen === null || before === null || after === null) {
    expect([seen, before, after], words).toEqual([null, null, null]);
  } else {
    expect(seen, words).toBeGreaterThanOrEqual(Math.min(before, after) - within);
    expect(seen, words).toBeLessThanOrEqual(Math.max(before, after) + within);
  }
}

/** Thousands as the page groups them for a browser from Britain. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
