import { listMembers } from "#db/access/members.ts";
import { database } from "#db/connection/client.ts";
import { listSources } from "#db/sources/sources.ts";
import { type Caller, isAllowed } from "#server/http/gate/caller.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { processContext } from "#server/runtime/process-context.ts";
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

/** What the page to sign in offers. */
interface SignInPage {
  /** The page that was asked for; `null` for none. */
  next: string | null;
  /** Where people have an account that lets them in, and whether nothing else does. */
  elsewhere: { name: string; isOnly: boolean } | null;
  /** Why the account elsewhere did not let them in. */
  refused: string | null;
}

export function readSignIn(params: URLSearchParams): SignInPage {
  const { oidc } = processContext().env;
  const next = params.get("next");
  return {
    next: next !== null && /^\/(?![/\\])/.test(next) ? next : null,
    elsewhere: oidc && { name: URL.parse(oidc.issuer)?.host ?? oidc.issuer, isOnly: oidc.isOnly },
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
