import { listMembers } from "#db/access/members.ts";
import { database } from "#db/connection/client.ts";
import { listSources } from "#db/sources/sources.ts";
import { type Caller, isAllowed } from "#server/http/gate/caller.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { type ApiKeyJson, readKeys } from "./api.ts";
import { readSessions } from "./me.ts";
import { type MemberJson, memberJson } from "./member-json.ts";
import type * as answers from "./schema.ts";

/** What the page of settings shows to whoever opens it. */
interface SettingsPage {
  sessions: AnswerOf<typeof answers.memberSessions>["results"];
  ofOwner: {
    members: MemberJson[];
    keys: ApiKeyJson[];
    sources: { id: string; name: string }[];
  } | null;
}

/** Reads it: of the installation only for an owner. */
export async function readSettings(caller: Caller): Promise<SettingsPage> {
  const { orm } = database();
  const sessions = await readSessions(caller);
  if (!isAllowed(caller, "owner")) return { sessions, ofOwner: null };
  const [members, keys, sources] = await Promise.all([
    listMembers(orm),
    readKeys(),
    listSources(orm),
  ]);
  return {
    sessions,
    ofOwner: {
      members: members.map(memberJson),
      keys,
      sources: sources.map(({ id, name }) => ({ id, name })),
    },
  };
}
