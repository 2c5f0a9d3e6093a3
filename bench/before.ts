import { setTimeout as sleep } from "node:timers/promises";
import { openConnection } from "./load/connection.ts";
import { dailyBody } from "./load/daily-body.ts";
import { watchMeeting } from "./load/live-socket.ts";
import { signedRequest } from "./load/requests.ts";
import { type SideAnswer, type SideJob, sideAnswer } from "./load/side-jobs.ts";
import { checkOutBefore } from "./parts/before.ts";
import { hire, type Worker } from "./parts/child.ts";
import { interleave } from "./parts/pairs.ts";
import { report, rounded, say, Void } from "./parts/report.ts";
import { compare, quantile } from "./parts/statistics.ts";

/*
 * (f) This commit against the last one before deliveries were stored first and projected later: each query of the
 * history pages, and the time from webhook to socket with one webhook a second.
 */

const ROUNDS = 7;
const QUESTIONS = 40;
/** A slow question is asked less often. */
const SLOW = { ms: 300, questions: 4 };
const PUSHES = 40;
const PUSH_EVERY_MS = 1_000;

type Side = Worker<SideJob, SideAnswer>;

export async function before(events: number): Promise<void> {
  const folder = await checkOutBefore();
  const then = hire<SideJob, SideAnswer>("side.ts", sideAnswer, folder);
  const now = hire<SideJob, SideAnswer>("side.ts", sideAnswer);
  try {
    await pushes(then, now);
    await questions(then, now, events);
  } finally {
    await Promise.all([then.stop(), now.stop()]);
  }
}

async function questions(then: Side, now: Side, events: number): Promise<void> {
  say(`before: seeding ${events} events twice`);
  const { cases: thenCases = [] } = await then.ask({ kind: "fill", events });
  const { cases = [] } = await now.ask({ kind: "fill", events });
  for (const [index, name] of cases.entries()) {
    if (thenCases.includes(name)) await question(name, index * 1_000, then, now);
  }
}

async function question(name: string, seed: number, then: Side, now: Side): Promise<void> {
  const id = `before-${name}`;
  let round = 0;
  const times = async (side: Side, count: number): Promise<number[]> => {
    round += 1;
    // Both sides are asked from the same seeds.
    const asked = await side.ask({
      kind: "ask",
      name,
      seed: seed + Math.ceil(round / 2),
      questions: count,
    });
    return asked.ms ?? [];
  };
  // Both read once before, so that neither side reads from the disk for the other.
  const first = [await times(then, 5), await times(now, 5)].flat();
  const count = Math.max(...first) > SLOW.ms ? SLOW.questions : QUESTIONS;
  const pairs = await interleave(
    ROUNDS,
    { baseline: () => times(then, count), candidate: () => times(now, count) },
    () => undefined,
  );
  for (const [part, at] of Object.entries({ p50: 0.5, p95: 0.95 })) {
    const compared = compare(
      pairs.map(({ baseline, candidate }) => ({
        baseline: quantile(baseline, at),
        candidate: quantile(candidate, at),
      })),
    );
    report(`${id}-${part}`, compared, { unit: "ms" });
  }
}

async function pushes(then: Side, now: Side): Promise<void> {
  const sides = [await pushed(then), await pushed(now)];
  try {
    const pairs: { baseline: number; candidate: number }[] = [];
    for (let push = 0; push <= PUSHES; push += 1) {
      const [baseline = 0, candidate = 0] = [await sides[0]?.push(), await sides[1]?.push()];
      // The first warms both up.
      if (push > 0) pairs.push({ baseline, candidate });
      if (push % 10 === 0) say(`  push: ${rounded(baseline)} → ${rounded(candidate)} ms`);
    }
    report("before-push", compare(pairs), {
      unit: "ms from the webhook to the socket",
    });
  } finally {
    for (const side of sides) side.close();
  }
}

/** A meeting of one side with a socket that watches it; pushes are half a second apart. */
async function pushed(side: Side): Promise<{ push: () => Promise<number>; close: () => void }> {
  const { served } = await side.ask({ kind: "serve" });
  if (served === undefined) throw new Void("before-push", "a side does not serve");
  const { port, token } = served;
  const connection = await openConnection(port);
  let people = 0;
  const join = async () => {
    people += 1;
    const at = Date.now();
    const body = dailyBody({
      type: "participant.joined",
      room: "room",
      session: `s-${people}`,
      userId: null,
      name: `Guest ${people}`,
      owner: people === 1,
      from: at,
      to: null,
    });
    const { status } = await connection.send(signedRequest(served, body, at));
    if (status !== 200) throw new Void("before-push", `a webhook was answered ${status}`);
  };
  await join();
  const { meeting = "" } = await side.ask({ kind: "meeting", room: "room" });
  let onShown: (() => void) | null = null;
  const socket = await watchMeeting({ port, token, meeting }, (text) => {
    if (text.includes(`Guest ${people}"`)) onShown?.();
  });
  return {
    async push() {
      await sleep(PUSH_EVERY_MS / 2);
      const came = new Promise<void>((resolve) => {
        onShown = resolve;
      });
      const begun = performance.now();
      await join();
      await came;
      return performance.now() - begun;
    },
    close() {
      socket.close();
      connection.close();
    },
  };
}
