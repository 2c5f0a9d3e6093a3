import { setTimeout as sleep } from "node:timers/promises";
import { chromium, type Page } from "playwright";
import { z } from "zod";
import { findChromium } from "#server/boot/chromium.mjs";
import { type HttpConnection, openConnection } from "./load/connection.ts";
import { dailyBody } from "./load/daily-body.ts";
import { watchMeeting } from "./load/live-socket.ts";
import { SEEN, wallClock, watchNames } from "./load/page-clock.ts";
import { signedRequest } from "./load/requests.ts";
import { report, say, Void } from "./parts/report.ts";
import { makeKey, meetingIn, serveRollcall } from "./parts/rollcall.ts";
import { type BenchTarget, openBench } from "./parts/stage.ts";
import { compare, quantile, randomFrom } from "./parts/statistics.ts";

/*
 * (c) From the webhook to the screen: when the name of a person who joined is in the meeting's page, against when
 * a bare socket received the event. Both receive the same events.
 */

const MEETINGS = 10;
const PEOPLE = 20;
/** Long and irregular enough that every event is alone, and in step with no timer. */
const PAUSE_MS = { least: 70, most: 190 };
const DEADLINE_MS = 10_000;

const seenNames = z.record(z.string(), z.tuple([z.number(), z.number().nullable()]));

interface Sample {
  socketMs: number;
  pageMs: number;
  paintedMs: number;
}

export async function pixel(): Promise<void> {
  const bench = await openBench();
  const target = await bench.addDaily();
  const token = await makeKey(bench);
  const served = await serveRollcall(bench);
  const browser = await chromium.launch({
    executablePath: findChromium() ?? undefined,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  const { port } = served;
  const origin = `http://127.0.0.1:${port}`;
  const random = randomFrom(1);
  const samples: Sample[] = [];

  async function inOneMeeting(page: Page, meeting: number): Promise<void> {
    const room = `room-${meeting}`;
    const connection = await openConnection(port);
    const names = Array.from(
      { length: PEOPLE + 2 },
      (_, person) => `Pixel ${meeting}-${person} Ray`,
    );
    const [host = "", first = "", ...rest] = names;
    await join(connection, target, port, room, host);
    const { id } = await meetingIn(bench, target.source, room);
    const received = new Map<string, number>();
    const socket = await watchMeeting({ port, token, meeting: id }, (text) => {
      const at = wallClock();
      for (const name of text.match(/Pixel \d+-\d+ Ray/g) ?? []) {
        if (!received.has(name)) received.set(name, at);
      }
    });
    await page.goto(`${origin}/meetings/${id}`);
    await page.getByText(host).first().waitFor({ timeout: DEADLINE_MS });
    await join(connection, target, port, room, first);
    await page.getByText(first).first().waitFor({ timeout: DEADLINE_MS });

    const sent = new Map<string, number>();
    for (const name of rest) {
      await sleep(PAUSE_MS.least + random() * (PAUSE_MS.most - PAUSE_MS.least));
      sent.set(name, wallClock());
      await join(connection, target, port, room, name);
    }
    await page
      .getByText(rest.at(-1) ?? "")
      .first()
      .waitFor({ timeout: DEADLINE_MS });
    await sleep(PAUSE_MS.most);
    const seen = seenNames.parse(await page.evaluate((key) => Reflect.get(globalThis, key), SEEN));
    for (const [name, sentAt] of sent) {
      const gotAt = received.get(name);
      const [shownAt, paintedAt] = seen[name] ?? [];
      if (gotAt === undefined) throw new Void("pixel", `${name} did not reach the socket`);
      if (shownAt === undefined || paintedAt == null) {
        throw new Void("pixel", `${name} did not reach the page`);
      }
      samples.push({
        socketMs: gotAt - sentAt,
        pageMs: shownAt - sentAt,
        paintedMs: paintedAt - sentAt,
      });
    }
    socket.close();
    connection.close();
  }

  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    await page.addInitScript(watchNames, SEEN);
    await page.goto(origin);
    for (let meeting = 0; meeting <= MEETINGS; meeting += 1) {
      await inOneMeeting(page, meeting);
      // The first meeting warms up the pages of both sides.
      if (meeting === 0) samples.length = 0;
      else say(`  pixel: ${samples.length} names seen`);
    }
    const pairs = samples.map(({ socketMs, pageMs }) => ({
      baseline: socketMs,
      candidate: pageMs,
    }));
    const p95 = (of: (sample: Sample) => number) => quantile(samples.map(of), 0.95);
    report("pixel", compare(pairs), {
      unit: "ms from sending the webhook",
      socket_p95: p95(({ socketMs }) => socketMs),
      page_p95: p95(({ pageMs }) => pageMs),
      more_p95: p95(({ pageMs }) => pageMs) - p95(({ socketMs }) => socketMs),
      painted_p95: p95(({ paintedMs }) => paintedMs),
    });
  } finally {
    await browser.close();
    await served.stop();
    await bench.close();
  }
}

async function join(
  connection: HttpConnection,
  target: BenchTarget,
  port: number,
  room: string,
  name: string,
): Promise<void> {
  const now = Date.now();
  const body = dailyBody({
    type: "participant.joined",
    room,
    session: name.replaceAll(" ", "-"),
    userId: null,
    name,
    owner: false,
    from: now,
    to: null,
  });
  const answer = await connection.send(signedRequest({ ...target, port }, body, now));
  if (answer.status !== 200 || !answer.body.includes('"recorded"')) {
    throw new Void("pixel", `a webhook was answered ${answer.status} ${answer.body}`);
  }
}
