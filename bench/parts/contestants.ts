import { type Served, serve } from "./child.ts";
import { servePlainNext } from "./plain-next.ts";
import type { BenchStage, BenchTarget } from "./stage.ts";
import { countRecorded, countRows, makePlainTable, projected } from "./stored.ts";

/** Something that takes deliveries, and how many of them it has kept. */
export interface Contestant {
  name: string;
  served: Served;
  target: BenchTarget;
  count: () => Promise<number>;
  /** Resolves when everything that was acknowledged has come to its end. */
  rest: () => Promise<void>;
}

export async function startRollcall(stage: BenchStage): Promise<Contestant> {
  const target = await stage.addDaily();
  const served = await serve(["server/main.ts"], stage.env, /ready at http:\/\/\S+:(\d+)/);
  return {
    name: "rollcall",
    served,
    target,
    count: () => countRecorded(stage, target.source),
    rest: () => projected(stage),
  };
}

export async function startPlain(stage: BenchStage, name: "fastify" | "next"): Promise<Contestant> {
  const target = await stage.addDaily();
  const table = await makePlainTable(stage, `plain_${name}`);
  const env = {
    ...stage.env,
    BENCH_TABLE: table,
    BENCH_SOURCE: target.source,
    BENCH_SECRET: target.secret,
  };
  return {
    name,
    served: await servePlain(name, env),
    target,
    count: () => countRows(stage, table),
    rest: async () => undefined,
  };
}

async function servePlain(name: "fastify" | "next", env: Record<string, string>): Promise<Served> {
  if (name === "fastify") return serve(["bench/baselines/fastify.ts"], env, /listening on (\d+)/);
  return servePlainNext(env);
}
