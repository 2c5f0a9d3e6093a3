import { database } from "#db/client.ts";
import { statementPath } from "#domain/statement/address.ts";
import { isTimeZone } from "#domain/time-zone.ts";
import { surroundings } from "#server/process.ts";
import { viewerZone } from "#server/viewer/viewer.ts";
import { checkStatement } from "./check.ts";

/** What the page of a statement shows; `null` where there is none. `host` is where the page was asked for. */
export async function readStatement(id: string, params: URLSearchParams, host: string | null) {
  const asked = params.get("hash");
  const found = await checkStatement(database(), id, { hash: asked, facts: null });
  if (found === null) return null;
  const { statement, verdict, altered, corrected } = found;
  const { roomIds: _, ...issued } = statement;
  const zone = params.get("tz");
  return {
    ...issued,
    verdict,
    altered,
    corrected,
    url: addressOf(statement, host),
    timeZone: zone !== null && isTimeZone(zone) ? zone : viewerZone(),
  };
}

/** Where anybody can check a statement. */
function addressOf(statement: { id: string; hash: string }, host: string | null): string {
  const { publicUrl } = surroundings().env;
  return new URL(statementPath(statement), publicUrl ?? `http://${host ?? "localhost"}`).href;
}
