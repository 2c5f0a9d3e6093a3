import { listedCases } from "#bench/history/listed-cases.ts";
import { meetingCases } from "#bench/history/meeting-cases.ts";
import { seedPast } from "#bench/history/past.ts";
import { peopleCases } from "#bench/history/people-cases.ts";
import { roomCases } from "#bench/history/room-cases.ts";
import { waitCases } from "#bench/history/wait-cases.ts";
import { makeKey, meetingIn, serveRollcall } from "#bench/parts/rollcall.ts";
import { openBench } from "#bench/parts/stage.ts";
import { randomFrom } from "#bench/parts/statistics.ts";
import { answering } from "./answering.ts";
import { type SideAnswer, sideJob } from "./side-jobs.ts";

/*
 * One side of a comparison of two commits, in a process of its own. The other commit has its side by the names of then
 * (`bench/parts/before.ts`): both take the jobs of `bench/load/side-jobs.ts`, in which a field keeps its name.
 */

const CASES = [...meetingCases, ...waitCases, ...listedCases, ...roomCases, ...peopleCases];

let past: Awaited<ReturnType<typeof seedPast>> | null = null;
let bench: Awaited<ReturnType<typeof openBench>> | null = null;
let served: Awaited<ReturnType<typeof serveRollcall>> | null = null;
let source = "";

async function answer(message: unknown): Promise<SideAnswer> {
  const job = sideJob.parse(message);
  if (job.kind === "fill") {
    past = await seedPast(job.events);
    await past.database.sql`checkpoint`;
    return { cases: CASES.map(({ name }) => name) };
  }
  if (job.kind === "ask") return { ms: await ask(job.name, job.seed, job.questions) };
  if (job.kind === "serve") {
    bench = await openBench();
    const target = await bench.addDaily();
    const token = await makeKey(bench);
    served = await serveRollcall(bench);
    source = target.source;
    return { served: { ...target, token, port: served.port } };
  }
  if (bench === null) throw new Error("nothing is served");
  const { id } = await meetingIn(bench, source, job.room);
  return { meeting: id };
}

async function ask(name: string, seed: number, questions: number): Promise<number[]> {
  const one = CASES.find((candidate) => candidate.name === name);
  if (one === undefined || past === null) throw new Error(`${name} cannot be asked`);
  const random = randomFrom(seed);
  const ms: number[] = [];
  for (let asked = 0; asked < questions; asked += 1) {
    const question = one.draw(past, random);
    const begun = performance.now();
    await question.ours(past.database.orm);
    ms.push(performance.now() - begun);
  }
  return ms;
}

process.once("SIGTERM", async () => {
  await past?.close();
  await served?.stop();
  await bench?.close();
  process.exit(0);
});

answering(answer);
