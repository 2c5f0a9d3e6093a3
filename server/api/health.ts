import { database } from "#db/client.ts";
import { heardOf } from "#db/reading/floor.ts";
import { toWireTime } from "#domain/wire.ts";

const PATIENCE_MS = 3_000;

/** 200 when the database answers in time, else 503. */
export async function checkHealth(): Promise<Response> {
  const started = performance.now();
  try {
    const { sources, lastEventAt } = await inTime(heardOf(database().orm));
    return Response.json({
      status: "ok",
      database: { status: "ok", answered_in_ms: Math.round(performance.now() - started) },
      sources,
      last_event_at: toWireTime(lastEventAt),
      as_of: toWireTime(Date.now()),
    });
  } catch {
    return Response.json(
      { status: "down", database: { status: "down" }, as_of: toWireTime(Date.now()) },
      { status: 503, headers: { "retry-after": "1" } },
    );
  }
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("the database does not answer")), PATIENCE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
