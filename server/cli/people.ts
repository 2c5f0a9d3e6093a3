import { makeLink } from "#db/access/links.ts";
import { endMemberSessions } from "#db/access/member-sessions.ts";
import { listMembers, memberByEmail, removeSecondFactor } from "#db/access/members.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { LinkKind } from "#domain/access/link.ts";
import type { Member } from "#domain/access/member.ts";
import { ROLES, type Role } from "#domain/access/role.ts";
import { linkAddress } from "#server/access/link-address.ts";
import { type MemberJson, memberJson } from "#server/access/member-json.ts";
import { admit, dismiss, factsOf, invitationShape, invite } from "#server/access/members.ts";
import {
  linkMade,
  memberInvited,
  memberRemoved,
  secondFactorRemoved,
  sessionsEnded,
} from "#server/access/noted.ts";
import { createAuth } from "#server/access/sign-in/auth.ts";
import { passwordMistake } from "#server/access/sign-in/password.ts";
import { ApiError } from "#server/http/answer.ts";
import { audited } from "#server/runtime/audit.ts";
import type { Env } from "#server/runtime/env.ts";
import { runningServer } from "#server/runtime/running.ts";
import { type CliContext, CommandError } from "./command.ts";

/** What `person add` is told. Lists are separated by commas. */
export interface PersonAsked {
  email: string;
  name: string;
  role: string;
  password?: string;
  sources?: string;
  rooms?: string;
  masked?: boolean;
}

interface AddedPerson {
  id: string;
  email: string;
  role: Role;
  invite_url: string | null;
}

/** Makes a member: with a password, or with the link by which they choose one. */
export async function addPerson(context: CliContext, asked: PersonAsked): Promise<AddedPerson> {
  const { database, by, env, secret } = context;
  const facts = factsGiven(asked);
  const { password } = asked;
  if (password === undefined) {
    const { member, token } = await asCommand(() =>
      audited(
        database,
        by,
        ({ orm }) => invite(orm, facts, Date.now()),
        ({ member: made }) => memberInvited(made),
      ),
    );
    return { ...shortOf(member), invite_url: linkAddress(originOf(env), token) };
  }
  const mistake = passwordMistake(password, [facts.name, facts.email]);
  if (mistake !== null) throw new CommandError(`--password: ${mistake}`);
  const auth = createAuth({ orm: database.orm, secret, publicUrl: null, log: () => undefined });
  const { password: hasher } = await auth.$context;
  const hash = await hasher.hash(password);
  const member = await asCommand(() =>
    audited(database, by, ({ orm }) => admit(orm, facts, hash), memberInvited),
  );
  return { ...shortOf(member), invite_url: null };
}

/**
 * The link by which a member chooses a password, in place of any before. `withoutCode` takes the code away that is asked
 * besides, for whoever lost their app and their backup codes.
 */
export async function linkPerson(
  { database, by, env }: CliContext,
  email: string,
  { withoutCode = false }: { withoutCode?: boolean },
): Promise<{ email: string; url: string }> {
  const member = await memberGiven(database.orm, email);
  const kind: LinkKind = member.isInvited ? "invitation" : "reset";
  const token = await audited(
    database,
    by,
    ({ orm }) => makeLink(orm, kind, member.id, Date.now()),
    () => linkMade(kind, member),
  );
  if (withoutCode) {
    await audited(
      database,
      by,
      ({ orm }) => removeSecondFactor(orm, member.id),
      (isRemoved) => (isRemoved ? secondFactorRemoved(member) : null),
    );
  }
  return { email: member.email, url: linkAddress(originOf(env), token) };
}

export async function shownPeople({ database }: CliContext): Promise<MemberJson[]> {
  return (await listMembers(database.orm)).map(memberJson);
}

/** Removes a member; never the last owner. */
export async function removePerson(
  { database, by }: CliContext,
  email: string,
): Promise<MemberJson> {
  const member = await memberGiven(database.orm, email);
  await asCommand(() =>
    audited(
      database,
      by,
      ({ orm }) => dismiss(orm, member),
      () => memberRemoved(member),
    ),
  );
  return memberJson(member);
}

/** Ends every session of a member. */
export async function signOutPerson(
  { database, by }: CliContext,
  email: string,
): Promise<{ email: string; ended: number }> {
  const member = await memberGiven(database.orm, email);
  const ended = await audited(
    database,
    by,
    ({ orm }) => endMemberSessions(orm, member.id),
    () => sessionsEnded(member),
  );
  return { email: member.email, ended };
}

export function personLines(people: readonly MemberJson[]): string[] {
  if (people.length === 0) return ["Nobody signs in yet."];
  return people.map(({ email, name, role, invited, last_seen_at, ...sight }) => {
    const limits = [
      ...(sight.sources === null ? [] : [`sources ${sight.sources.join(",")}`]),
      ...(sight.rooms === null ? [] : [`rooms ${sight.rooms.join(",")}`]),
      ...(sight.masked ? ["masked"] : []),
    ];
    const seen = last_seen_at === null ? "not signed in" : `last seen ${last_seen_at}`;
    return [email, name, role, ...limits, invited ? "invited" : seen].join("  ");
  });
}

function factsGiven({ email, name, role, sources, rooms, masked }: PersonAsked) {
  const listed = (text: string | undefined) =>
    text === undefined ? null : text.split(",").map((one) => one.trim());
  const given = invitationShape.safeParse({
    ...{ email, name, role, masked: masked ?? false },
    ...{ sources: listed(sources), rooms: listed(rooms) },
  });
  if (!given.success) {
    const [issue] = given.error.issues;
    const flag = `--${String(issue?.path[0] ?? "email")}`;
    throw new CommandError(
      flag === "--role"
        ? `--role must be one of ${ROLES.join(", ")}.`
        : `${flag}: ${issue?.message}.`,
    );
  }
  return factsOf(given.data);
}

async function memberGiven(orm: Orm, email: string): Promise<Member> {
  const member = await memberByEmail(orm, email);
  if (member === null)
    throw new CommandError("Nobody has that address: `person list` prints them.");
  return member;
}

/** What the API refuses is a mistake of whoever types the command. */
async function asCommand<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof ApiError)) throw cause;
    throw new CommandError(cause.message, { cause });
  }
}

/** The address of this installation as its start prints it, because a session is of one name of a machine. */
function originOf({ publicUrl, dataDir, port }: Env): string {
  const own = runningServer(dataDir)?.replace("//127.0.0.1:", "//localhost:");
  return publicUrl ?? own ?? `http://localhost:${port}`;
}

function shortOf({ id, email, role }: Member) {
  return { id, email, role };
}
