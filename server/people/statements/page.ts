import { seeing } from "#db/access/sight/seeing.ts";
import { database } from "#db/connection/client.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import { statementPath } from "#domain/people/statements/address.ts";
import { readHash } from "#domain/people/statements/hash.ts";
import { isTimeZone } from "#domain/time/time-zone.ts";
import { holderOfLink, originOf } from "#server/http/actor.ts";
import { AskedParams } from "#server/http/asked.ts";
import { isLoopback } from "#server/http/gate/session.ts";
import { viewerZone } from "#server/http/viewer.ts";
import { auditRead } from "#server/runtime/audit.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { checkStatement } from "./check.ts";
import { statementOpened } from "./noted.ts";

/** The content of a statement's page; `null` where there is none. `headers` are those of the request for it. */
export async function readStatement(
  id: string,
  params: URLSearchParams,
  headers: Pick<Headers, "get">,
) {
  const asked = AskedParams.of(params);
  const hash = asked.read("hash", (text) => readHash(text).hash, "Nothing was compared with it.");
  // It is for whoever has its address, whatever else they see.
  const check = () => checkStatement(database(), id, { hash, facts: null });
  const found = await seeing(WHOLE_SIGHT, check);
  if (found === null) return null;
  const { statement, verdict, altered, corrected } = found;
  void auditRead(holderOfLink(originOf(headers)), statementOpened(statement, verdict));
  const { roomIds: _, sight: __, ...issued } = statement;
  // A statement of days shows its times in the zone of these days.
  const own = statement.facts?.period?.time_zone ?? viewerZone();
  const zoneIn = (text: string) => (isTimeZone(text) ? text : null);
  const zone = asked.read("tz", zoneIn, `Times are those of ${own}.`);
  return {
    ...issued,
    isCompared: hash !== null,
    verdict,
    altered,
    corrected,
    url: addressOf(statement, headers.get("host"), zone),
    isPublished: publishedUrl() !== null,
    timeZone: zone ?? own,
  };
}

/** The address under which others reach this server; `null` where none is set, or it is a loopback address. */
export function publishedUrl(): string | null {
  const { publicUrl } = processContext().env;
  return publicUrl === null || isLoopback(new URL(publicUrl).host) ? null : publicUrl;
}

/** The URL at which anybody can check a statement, with its times in the same zone. */
function addressOf(
  statement: { id: string; hash: string },
  host: string | null,
  zone: string | null,
): string {
  const { publicUrl } = processContext().env;
  const url = new URL(statementPath(statement), publicUrl ?? `http://${host ?? "localhost"}`);
  if (zone !== null) url.searchParams.set("tz", zone);
  return url.href;
}
