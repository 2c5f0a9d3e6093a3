import type { MeetingRow } from "#db/meetings/meeting.ts";
import type { Rules } from "#domain/participant/rules.ts";
import { rulesOf } from "#server/ingest/known-sources.ts";
import { provider } from "#server/providers/providers.ts";

/** The rules by which the events of a meeting are projected. Throws where its provider does not exist. */
export function rulesOfRow({ source }: MeetingRow): Rules {
  const own = provider(source.provider);
  if (own === null) throw new Error(`no provider named ${source.provider}`);
  // A meeting that is looked at has its title.
  return rulesOf(own, { ...source, roomTitles: [] });
}
