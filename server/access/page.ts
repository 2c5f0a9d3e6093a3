import { listMembers, signsInByPassword } from "#db/access/members.ts";
import { database } from "#db/connection/client.ts";
import { demandedCode } from "#db/installation/installation.ts";
import { listSources } from "#db/sources/sources.ts";
import type { CodeDemand } from "#domain/access/code-demand.ts";
import { codeAddress, ownPath, signInAddress } from "#domain/access/own-path.ts";
import { firstPageOf } from "#domain/access/role.ts";
import { readShares, type ShareJson } from "#server/access/shares/made.ts";
import { signedIn } from "#server/access/sign-in/session.ts";
import { type Caller, isAllowed } from "#server/http/gate/caller.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { type ApiKeyJson, readKeys } from "./api.ts";
import { readSessions } from "./me.ts";
import { type MemberJson, memberJson } from "./member-json.ts";
import type * as answers from "./schema.ts";

/** What the page of settings shows to whoever opens it. */
interface SettingsPage {
  /** Whether who looks, and whether anybody at all, signs in with a password. */
  passwords: { isOwn: boolean; areUsed: boolean };
  sessions: AnswerOf<typeof answers.memberSessions>["results"];
  /** Shared links; `null` for who may make none. */
  shares: ShareJson[] | null;
  sources: { id: string; name: string }[];
  ofOwner: { members: MemberJson[]; keys: ApiKeyJson[]; codeOf: CodeDemand } | null;
}

/** Reads it: of the installation only for an owner. */
export async function readSettings(caller: Caller): Promise<SettingsPage> {
  const { orm } = database();
  const areUsed = readElsewhere()?.isOnly !== true;
  const [sessions, isOwn] = await Promise.all([
    readSessions(caller),
    areUsed && caller.kind === "member" && signsInByPassword(orm, caller.id),
  ]);
  const own = { sessions, passwords: { isOwn, areUsed } };
  if (!isAllowed(caller, "write")) return { ...own, shares: null, sources: [], ofOwner: null };
  const [shares, all] = await Promise.all([readShares(caller), listSources(orm)]);
  const { sources: seen } = caller.sight;
  const sources = all.filter(({ id }) => seen === null || seen.includes(id)).map(idAndName);
  if (!isAllowed(caller, "owner")) return { ...own, shares, sources, ofOwner: null };
  const [members, keys, codeOf] = await Promise.all([
    listMembers(orm),
    readKeys(),
    demandedCode(orm),
  ]);
  return { ...own, shares, sources, ofOwner: { members: members.map(memberJson), keys, codeOf } };
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

/** What it offers a stranger; or `onTo`, the page that whoever is signed in goes on to, or else the one they chose. */
export async function readSignIn(
  params: URLSearchParams,
  cookies: string | null,
): Promise<SignInPage | { onTo: string }> {
  const { env } = processContext();
  const asked = params.get("next");
  const next = asked === null ? null : ownPath(asked);
  const member = await signedIn(cookies, database().orm, env.secret);
  if (member?.lacksCode === true) return { onTo: codeAddress(next) };
  if (member !== null) {
    const { start } = member.settings;
    return { onTo: next ?? (start === null ? null : ownPath(start)) ?? firstPageOf(member.role) };
  }
  return {
    next,
    elsewhere: readElsewhere(),
    sendsMail: env.mail !== null,
    refused: params.has("error") ? refusalWords(params.get("error")) : null,
  };
}

/** What the page for a code offers whoever is to set one up; or where somebody else goes on to. */
export async function readCodeSetUp(
  params: URLSearchParams,
  cookies: string | null,
): Promise<{ next: string | null } | { onTo: string }> {
  const asked = params.get("next");
  const next = asked === null ? null : ownPath(asked);
  const member = await signedIn(cookies, database().orm, processContext().env.secret);
  return member?.lacksCode === true ? { next } : { onTo: signInAddress(next) };
}

/** The provider of accounts, as people are told of it: by its host. */
export function readElsewhere(): SignInPage["elsewhere"] {
  const { oidc } = processContext().env;
  return oidc && { name: URL.parse(oidc.issuer)?.host ?? oidc.issuer, isOnly: oidc.isOnly };
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
