import { type Browser, chromium, type Page } from "playwright";
import { z } from "zod";
import type { MeetingEvent } from "#domain/event/event.ts";
import { type Recorded, toEvent, toEventData } from "#domain/event/recorded.ts";
import type { MeetingFacts } from "#domain/meeting/meeting-facts.ts";
import { MeetingProjection } from "#domain/meeting/meeting-projection.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { findChromium } from "#server/boot/chromium.mjs";
import { readMeeting } from "#server/live/meeting.ts";
import { daily } from "#server/providers/daily/daily.ts";
import { openConnection } from "./load/connection.ts";
import { type DailyMoment, dailyBody } from "./load/daily-body.ts";
import { fullHouse, whatHappensNext } from "./load/full-house.ts";
import { keepSockets, timePush, watchOpening } from "./load/page-push.ts";
import { signedRequest } from "./load/requests.ts";
import type { Served } from "./parts/child.ts";
import { interleave } from "./parts/pairs.ts";
import { buildPlainNext, servePlainNext } from "./parts/plain-next.ts";
import { report, rounded, say, Void } from "./parts/report.ts";
import { meetingIn, serveRollcall } from "./parts/rollcall.ts";
import { type BenchStage, type BenchTarget, openBench } from "./parts/stage.ts";
import { compare, quantile } from "./parts/statistics.ts";

/*
 * (d) The page of a meeting with a thousand people and ten thousand events, against a plain React list of the
 * same facts: until it is open, and until it shows the result of twenty changes. One browser, in turn.
 */

const ROOM = "assembly";
const PEOPLE = 1_000;
const CONNECTIONS = 500;
const OPENINGS = 7;
const CHANGES = 20;
const BATCHES = { warmUp: 8, pairs: 40 };
const DEADLINE_MS = 20_000;
const VIEWPORT = { width: 1440, height: 900 };
const SOCKETS = "benchSockets";
const OPENED = "benchOpened";

const opened = z.object({ drawnMs: z.number(), liveMs: z.number() });

/** One of the two pages of the meeting, and the form in which it receives a push. */
interface Contestant {
  name: string;
  url: string;
  wrapped: (push: object) => string;
}

export async function meetingPage(): Promise<void> {
  say("meeting-page: building the plain React list");
  await buildPlainNext();
  const bench = await openBench();
  const target = await bench.addDaily();
  const rollcall = await serveRollcall(bench);
  const plain = await servePlainNext(bench.env);
  const browser = await chromium.launch({
    executablePath: findChromium() ?? undefined,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  try {
    const now = Date.now();
    const sent = await fill(rollcall, target, fullHouse(PEOPLE, ROOM, now));
    const facts = await factsIn(bench, target);
    if (facts.seq !== sent) throw new Void("meeting-page", `${sent} were sent, ${facts.seq} kept`);
    const url = ({ port }: Served) => `http://127.0.0.1:${port}/meetings/${facts.id}`;
    const baseline: Contestant = { name: "plain", url: url(plain), wrapped: JSON.stringify };
    const candidate: Contestant = {
      name: "rollcall",
      url: url(rollcall),
      // As Socket.IO writes an event.
      wrapped: (push) => `42${JSON.stringify(["meeting:events", push])}`,
    };
    await compareOpenings(browser, { baseline, candidate });
    await compareUpdates(browser, { baseline, candidate }, facts, now);
  } finally {
    await browser.close();
    await plain.stop();
    await rollcall.stop();
    await bench.close();
  }
}

interface Sides {
  baseline: Contestant;
  candidate: Contestant;
}

async function compareOpenings(browser: Browser, { baseline, candidate }: Sides): Promise<void> {
  const drawn: number[] = [];
  const open = async ({ url, name }: Contestant): Promise<number> => {
    // A new context has no cache, as for a person who opens the page for the first time.
    const context = await browser.newContext({ viewport: VIEWPORT });
    const page = await context.newPage();
    await page.addInitScript(watchOpening, OPENED);
    await page.goto(url, { waitUntil: "commit" });
    await isLive(page);
    const read = await page.evaluate((key) => Reflect.get(globalThis, key), OPENED);
    await context.close();
    const { drawnMs, liveMs } = opened.parse(read);
    if (name === candidate.name) drawn.push(drawnMs);
    return liveMs;
  };
  for (const side of [candidate, baseline]) await open(side);
  drawn.length = 0;
  const sides = { baseline: () => open(baseline), candidate: () => open(candidate) };
  const pairs = await interleave(OPENINGS, sides, (pair) =>
    say(`  opening: ${rounded(pair.candidate)} ms, plain ${rounded(pair.baseline)} ms`),
  );
  report("meeting-page-open", compare(pairs), {
    unit: "ms from asking for the page until it is live",
    drawn: quantile(drawn, 0.5),
    p95: quantile(
      pairs.map((pair) => pair.candidate),
      0.95,
    ),
  });
}

async function compareUpdates(
  browser: Browser,
  { baseline, candidate }: Sides,
  facts: MeetingFacts,
  now: number,
): Promise<void> {
  const open = async ({ url }: Contestant): Promise<Page> => {
    // Each in a process of its own, so that neither collects the garbage of the other.
    const context = await browser.newContext({ viewport: VIEWPORT });
    const page = await context.newPage();
    await page.addInitScript(keepSockets, SOCKETS);
    await page.goto(url);
    await isLive(page);
    return page;
  };
  const pages = { baseline: await open(baseline), candidate: await open(candidate) };
  const next = batches(facts, now);
  const push = async (side: keyof Sides, { push, present }: Batch): Promise<number> => {
    const text = { baseline, candidate }[side].wrapped(push);
    const asked = { key: SOCKETS, text, present, withinMs: DEADLINE_MS };
    const ms = await pages[side].evaluate(timePush, asked);
    if (ms === null) throw new Void("meeting-page", `${side} did not show ${present} people`);
    return ms;
  };
  let batch = next();
  const sides = {
    baseline: () => push("baseline", batch),
    candidate: () => push("candidate", batch),
  };
  const run = (n: number) =>
    interleave(n, sides, () => {
      batch = next();
    });
  await run(BATCHES.warmUp);
  const pairs = await run(BATCHES.pairs);
  for (const page of Object.values(pages)) await page.context().close();
  report("meeting-page", compare(pairs), {
    unit: `ms from a push of ${CHANGES} changes until the document shows them`,
    people: PEOPLE,
    events: facts.seq,
    p95: quantile(
      pairs.map((pair) => pair.candidate),
      0.95,
    ),
  });
}

/** A push, and how many people are present once it is applied. */
interface Batch {
  push: { id: string; events: Recorded[]; as_of: string };
  present: number;
}

/** The next pushes after `facts`. Both sides get the same. */
function batches(facts: MeetingFacts, now: number): () => Batch {
  const projection = new MeetingProjection();
  let events = facts.events.map(toEvent);
  let { seq } = facts;
  let turn = 0;
  return () => {
    const newEvents = Array.from({ length: CHANGES }, () => {
      turn += 1;
      return whatHappensNext(turn, PEOPLE, ROOM, now);
    }).flatMap(eventsOf);
    const records = newEvents.map((event) => {
      seq += 1;
      return recordOf(event, seq);
    });
    events = [...events, ...newEvents];
    const at = Math.max(...newEvents.map((event) => event.at));
    const { presentCount } = projection.project(events, facts.rules, at);
    return {
      push: { id: facts.id, events: records, as_of: toWireTime(at) },
      present: presentCount,
    };
  };
}

function eventsOf(moment: DailyMoment): MeetingEvent[] {
  const reading = daily.read(Buffer.from(dailyBody(moment)));
  return reading.kind === "events" ? reading.about.events : [];
}

function recordOf(event: MeetingEvent, seq: number): Recorded {
  return {
    seq,
    type: event.type,
    at: toWireTime(event.at),
    person_id: null,
    participant_id: "participantId" in event ? event.participantId : null,
    data: toEventData(event),
    delivery_id: String(seq),
  };
}

/** Sends the webhooks of Daily, and returns how many were recorded. */
async function fill(
  { port }: Served,
  target: BenchTarget,
  moments: readonly DailyMoment[],
): Promise<number> {
  const waiting = moments.values();
  let recorded = 0;
  const send = async () => {
    const connection = await openConnection(port);
    for (const moment of waiting) {
      const request = signedRequest({ ...target, port }, dailyBody(moment), Date.now());
      const { status, body } = await connection.send(request);
      if (status !== 200)
        throw new Void("meeting-page", `a webhook was answered ${status} ${body}`);
      recorded += Number(body.includes('"recorded"'));
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, send));
  return recorded;
}

async function factsIn(bench: BenchStage, { source }: BenchTarget): Promise<MeetingFacts> {
  const { id } = await meetingIn(bench, source, ROOM);
  const found = await readMeeting(id, bench.database.orm);
  if (found.kind !== "found") throw new Void("meeting-page", "the meeting is not where it was");
  return found.facts;
}

async function isLive(page: Page): Promise<void> {
  const badge = page.locator("header [role=status]");
  await badge.filter({ hasText: "Live" }).waitFor({ timeout: DEADLINE_MS });
}
