import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { holdingSimulation } from "#db/demo/playing.ts";
import { removingAlone } from "#db/demo/removing-demo.ts";
import { eventually } from "#db/testing/eventually.ts";
import { directDoor } from "#server/ingest/direct-door.ts";
import type { TestApp } from "#server/testing/test-app.ts";
import type { CliContext } from "./command.ts";
import { runSimulation, simulationLines } from "./simulate.ts";
import { openCliContext } from "./testing/cli-context.ts";

const SMALL = { meetings: 3, people: 12, minutes: 5, seed: 11 };

let app: TestApp;
let context: CliContext;
let server: Server;
let url: string;
let close: () => Promise<void>;
/** How many more webhooks are answered; later ones wait for ever. */
let answers: number;

beforeEach(async () => {
  ({ house: app, desk: context, close } = await openCliContext());
  answers = Infinity;
  const answer = directDoor(app.door);
  server = createServer((req, res) => {
    answers -= 1;
    if (answers < 0) return;
    app.now = Date.now();
    void answer(req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await close();
});

function stops() {
  const [stop, hurry] = [new AbortController(), new AbortController()];
  return { stop, hurry, signals: { stop: stop.signal, hurry: hurry.signal } };
}

const play = (flags: object, { signals } = stops()) =>
  runSimulation(context, { ...SMALL, url, ...flags }, signals);

/** Open meetings, and the people who are present or wait in them. */
async function open(): Promise<{ meetings: number; people: number }> {
  await app.door.intake.projector.idle();
  return openByNow();
}

async function openByNow(): Promise<{ meetings: number; people: number }> {
  const [row] = await app.database.sql<{ meetings: number; people: number }[]>`
    select count(*)::int as meetings,
      coalesce(sum(present_count + waiting_count), 0)::int as people
    from meetings where status <> 'ended' and merged_into is null`;
  return row ?? { meetings: -1, people: -1 };
}

const NOTHING = { meetings: 0, people: 0 };

describe("a simulation", () => {
  test("ends what it began, with its providers' webhooks", async () => {
    const { ended, open: left, truth } = await play({ speed: 0 });
    expect(left).toEqual(NOTHING);
    expect(ended.meetings).toBeGreaterThan(0);
    expect(await open()).toEqual(NOTHING);
    expect(truth.meetings.map(({ status }) => status)).toEqual(["ended", "ended", "ended"]);
    const rows = await app.database.sql<{ reports: string }[]>`
      select ended_by as reports from meetings where merged_into is null`;
    expect(rows.map(({ reports }) => reports)).toEqual(["provider", "provider", "provider"]);
  });

  test("leaves its meetings open with --leave-open, and the next one ends them", async () => {
    const { open: left, ended } = await play({ speed: 0, leaveOpen: true });
    expect(ended).toEqual(NOTHING);
    expect(left.people).toBeGreaterThan(0);
    expect(await open()).toEqual(left);
    const next = await play({ speed: 0, seed: 12 });
    expect(next.tidied).toEqual(left);
    expect(await open()).toEqual(NOTHING);
    expect(simulationLines(next).join("\n")).toMatch(/^Ended, left by an earlier run: 1 meeting /m);
  });

  test("ends no meeting of another one that is still running", async () => {
    const { open: left } = await play({ speed: 0, leaveOpen: true });
    const nothing = async () => undefined;
    await holdingSimulation(app.database, nothing, async () => {
      const { tidied } = await play({ speed: 0, seed: 12 });
      expect(tidied).toEqual(NOTHING);
      expect(await open()).toEqual(left);
    });
  });

  test("that is interrupted lets all people leave at once, and prints so", async () => {
    const own = stops();
    const playingOn = play({ speed: 1, minutes: 30 }, own);
    await untilFirstJoin();
    own.stop.abort();
    const { ended, open: left, truth } = await playingOn;
    expect(left).toEqual(NOTHING);
    expect(ended).toEqual({ meetings: 1, people: 1 });
    expect(await open()).toEqual(NOTHING);
    expect(Date.parse(truth.as_of)).toBeLessThanOrEqual(Date.now());
  });

  test("ends when its sources are removed meanwhile, and none begins while they are", async () => {
    const long = { speed: 0, meetings: 40, people: 2_000 };
    const playingOn = play(long).catch((error: unknown) => error);
    await untilFirstJoin();
    await app.database.sql`update source_secrets set retired_at = now()`;
    expect(String(await playingOn)).toMatch(/^CommandError: .* refuses everything now: /);
    await removingAlone(app.database, async () => {
      await expect(play({ speed: 0 })).rejects.toThrow("The demonstration is being removed");
    });
  });

  test("that is interrupted twice leaves meetings open, and prints which", async () => {
    const own = stops();
    const playingOn = play({ speed: 1, minutes: 30 }, own);
    await untilFirstJoin();
    answers = 0;
    own.stop.abort();
    own.hurry.abort();
    const done = await playingOn;
    expect(done.open).toEqual({ meetings: 1, people: 1 });
    expect(await open()).toEqual(done.open);
    expect(simulationLines(done)).toContain(
      "Still open: 1 meeting with 1 person. The next simulate ends them.",
    );
  });
});

async function untilFirstJoin(): Promise<void> {
  await eventually(async () => expect((await openByNow()).people).toBeGreaterThan(0));
}
