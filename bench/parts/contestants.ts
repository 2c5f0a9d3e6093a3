import { type Served, serve } from "./child.ts";
import { servePlainNext } from "./plain-next.ts";
import type { BenchStage, BenchTarget } from "./stage.ts";
import { countRecorded, countRows, makePlainTable, projected } from "./stored.ts";

/** A server that takes deliveries, with the number that it has stored. */
export interface Contestant {
  name: string;
  served: Served;
  target: BenchTarget;
  count: () => Promise<number>;
  /** Resolves when everything that was acknowledged is projected. */
  rest: () => Promise<void>;
}

export async function startRollcall(bench: BenchStage): Promise<Contestant> {
  const target = await bench.addDaily();
  const served = await serve(["server/main.ts"], bench.env, /ready at http:\/\/\S+:(\d+)/);
  return {
    name: "rollcall",
    served,
    target,
    count: () => countRecorded(bench, target.source),
    rest: () => projected(bench),
  };
}

export async function startPlain(bench: BenchStage, name: "fastify" | "next"): Promise<Contestant> {
  const target = await bench.addDaily();
  const table = await makePlainTable(bench, `plain_${name}`);
  const env = {
    ...bench.env,
    BENCH_TABLE: table,
    BENCH_SOURCE: target.source,
    BENCH_SECRET: target.secret,
  };
  return {
    name,
    served: await servePlain(name, env),
    target,
    count: () => countRows(bench, table),
    rest: async () => undefined,
  };
}

async function servePlain(name: "fastify" | "next", env: Record<string, string>): Promise<Served> {
  if (name === "fastify") return serve(["bench/baselines/fastify.ts"], env, /listening on (\d+)/);
  return servePlainNext(env);
}
