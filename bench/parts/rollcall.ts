import { createKey } from "#db/access/keys.ts";
import { ensurePages } from "./build.ts";
import { type Served, serve } from "./child.ts";
import type { BenchStage } from "./stage.ts";
import { projected } from "./stored.ts";

/** Starts the real server, as `npm start` would, on a free port. */
export async function serveRollcall(bench: BenchStage): Promise<Served> {
  await ensurePages();
  return serve(["server/main.ts"], bench.env, /ready at http:\/\/\S+:(\d+)/);
}

export async function makeKey(bench: BenchStage): Promise<string> {
  const { key } = await createKey(bench.database.orm, "Benchmark");
  return key;
}

/** The latest meeting of a room and its `seq`, once all stored deliveries are projected. */
export async function meetingIn(
  bench: BenchStage,
  source: string,
  room: string,
): Promise<{ id: string; seq: number }> {
  await projected(bench);
  const rows = await bench.database.sql<{ id: string; seq: number }[]>`
    select m.id, m.seq from rooms r join meetings m on m.id = r.current_meeting_id
    where r.source_id = ${source} and r.key = ${room}`;
  if (!rows[0]) throw new Error(`there is no meeting in ${room}`);
  return rows[0];
}
