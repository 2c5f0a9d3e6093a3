import { listMembers } from "#db/access/members.ts";
import { database } from "#db/connection/client.ts";
import { listSources } from "#db/sources/sources.ts";
import { type Caller, isAllowed } from "#server/http/gate/caller.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { readShares, type ShareJson } from "#server/shares/made.ts";
import { type ApiKeyJson, readKeys } from "./api.ts";
import { readSessions } from "./me.ts";
import { type MemberJson, memberJson } from "./member-json.ts";
import type * as answers from "./schema.ts";

/** What the page of settings shows to whoever opens it. */
interface SettingsPage {
  sessions: AnswerOf<typeof answers.memberSessions>["results"];
  /** Shared links; `null` for who may make none. */
  shares: ShareJson[] | null;
  sources: { id: string; name: string }[];
  ofOwner: { members: MemberJson[]; keys: ApiKeyJson[] } | null;
}

/** Reads it: of the installation only for an owner. */
export async function readSettings(caller: Caller): Promise<SettingsPage> {
  const { orm } = database();
  const sessions = await readSessions(caller);
  if (!isAllowed(caller, "write")) return { sessions, shares: null, sources: [], ofOwner: null };
  const [shares, all] = await Promise.all([readShares(caller), listSources(orm)]);
  const { sources: seen } = caller.sight;
  const sources = all.filter(({ id }) => seen === null || seen.includes(id)).map(idAndName);
  if (!isAllowed(caller, "owner")) return { sessions, shares, sources, ofOwner: null };
  const [members, keys] = await Promise.all([listMembers(orm), readKeys()]);
  return { sessions, shares, sources, ofOwner: { members: members.map(memberJson), keys } };
}

function idAndName({ id, name }: { id: string; name: string }) {
  return { id, name };
}
