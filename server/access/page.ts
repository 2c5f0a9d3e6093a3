import { listMembers } from "#db/access/members.ts";
import { database } from "#db/connection/client.ts";
import { listSources } from "#db/sources/sources.ts";
import { type Caller, isAllowed } from "#server/http/gate/caller.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { processContext } from "#server/runtime/process-context.ts";
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

/** What the page to sign in offers. */
interface SignInPage {
  /** The page that was asked for; `null` for none. */
  next: string | null;
  /** Where people have an account that lets them in, and whether nothing else does. */
  elsewhere: { name: string; isOnly: boolean } | null;
  /** Whether a link for a new password can be sent by mail. */
  sendsMail: boolean;
  /** Why the account elsewhere did not let them in. */
  refused: string | null;
}

export function readSignIn(params: URLSearchParams): SignInPage {
  const { oidc, mail } = processContext().env;
  const next = params.get("next");
  return {
    next: next !== null && /^\/(?![/\\])/.test(next) ? next : null,
    elsewhere: oidc && { name: URL.parse(oidc.issuer)?.host ?? oidc.issuer, isOnly: oidc.isOnly },
    sendsMail: mail !== null,
    refused: params.has("error") ? refusalWords(params.get("error")) : null,
  };
}

/** By the codes of the library; what they are not is no fault of who signs in. */
function refusalWords(code: string | null): string {
  switch (code) {
    case "account_not_linked":
      return "You sign in here with a password: an account elsewhere does not take its place.";
    case "signup_disabled":
      return "Nobody has let you in here yet, or your address was not confirmed there.";
    case "access_denied":
      return "You did not let your account be used.";
    default:
      return "Your account elsewhere did not let you in. Try again, or ask an owner.";
  }
}
