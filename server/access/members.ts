import { z } from "zod";
import { makeLink } from "#db/access/links.ts";
import { endMemberSessions } from "#db/access/member-sessions.ts";
import {
  deleteMember,
  hasOwner,
  insertMember,
  listMembers,
  lockOwners,
  type MemberFacts,
  memberById,
  otherOwners,
  setPassword,
  updateMember,
} from "#db/access/members.ts";
import { database } from "#db/connection/client.ts";
import { removeDevicesOf } from "#db/desk/alerts/devices.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { LinkKind } from "#domain/access/link.ts";
import type { Member } from "#domain/access/member.ts";
import { ROLES } from "#domain/access/role.ts";
import type { Sight } from "#domain/access/sight.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isUuid } from "#domain/uuid.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import type { Asked } from "#server/http/api.ts";
import { bodyOf } from "#server/http/json-body.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { audited } from "#server/runtime/audit.ts";
import { mayUsePassword } from "./library.ts";
import { linkAddress } from "./link-address.ts";
import { mailInvitation } from "./mail.ts";
import { memberJson } from "./member-json.ts";
import { linkMade, memberChanged, memberInvited, memberRemoved, sessionsEnded } from "./noted.ts";
import type * as answers from "./schema.ts";

const MOST_ROOMS = 100;

const name = z.string().trim().min(1).max(100);
const right = {
  role: z.enum(ROLES),
  sources: z.array(z.uuid()).min(1).max(MOST_ROOMS).nullable(),
  rooms: z.array(z.string().trim().min(1).max(200)).min(1).max(MOST_ROOMS).nullable(),
  masked: z.boolean(),
};

export const invitationShape = z.strictObject({
  name,
  email: z.email().max(254),
  role: right.role.default("viewer"),
  sources: right.sources.default(null),
  rooms: right.rooms.default(null),
  masked: right.masked.default(false),
});

export const memberShape = z.strictObject({ name, ...right }).partial();

/** An owner who asks. */
type AskedByOwner<Param extends string = never> = Asked<Param> & Requester;

/** `GET /api/v1/members` */
export async function getMembers(): Promise<Response> {
  const answer: AnswerOf<typeof answers.members> = {
    results: (await listMembers(database().orm)).map(memberJson),
  };
  return Response.json(answer);
}

/** `POST /api/v1/members`: somebody is invited, by a link that is answered. */
export async function postMember(asked: AskedByOwner): Promise<Response> {
  const facts = factsOf(await bodyOf(asked.request, invitationShape, badMember));
  const { member, token } = await audited(
    database(),
    actorOf(asked),
    ({ orm }) => invite(orm, facts, Date.now()),
    ({ member }) => memberInvited(member),
  );
  const invite_url = linkAddress(asked.url.origin, token);
  const mailed = await mailInvitation(member, invite_url);
  const answer: AnswerOf<typeof answers.invited> = { ...memberJson(member), invite_url, mailed };
  return Response.json(answer, { status: 201 });
}

/** `PATCH /api/v1/members/{id}`. What they have open is closed or narrowed within a second. */
export async function patchMember(asked: AskedByOwner<"id">): Promise<Response> {
  const change = await bodyOf(asked.request, memberShape, badMember);
  const before = await memberNamed(asked.params.id);
  const {
    name: changedName = before.name,
    role = before.role,
    sources = before.sight.sources,
    rooms = before.sight.rooms,
    masked = before.sight.masked,
  } = change;
  const sight = { sources, rooms, masked };
  if (role === "owner" && !isWhole(sight)) throw badMember("an owner sees everything");
  const member = await audited(
    database(),
    actorOf(asked),
    async ({ orm }) => {
      if (role !== "owner") await keepAnOwner(orm, before);
      await updateMember(orm, before.id, { name: changedName, role, sight });
      return memberNamed(before.id, orm);
    },
    (after) => memberChanged(before, after),
  );
  return Response.json(memberJson(member));
}

/** `DELETE /api/v1/members/{id}`: their sessions are over with it. */
export async function removeMember(asked: AskedByOwner<"id">): Promise<Response> {
  const member = await memberNamed(asked.params.id);
  await audited(
    database(),
    actorOf(asked),
    ({ orm }) => dismiss(orm, member),
    () => memberRemoved(member),
  );
  return Response.json(memberJson(member));
}

/** `POST /api/v1/members/{id}/link`: another invitation, or a link to choose a new password. */
export async function postLink(asked: AskedByOwner<"id">): Promise<Response> {
  const member = await memberNamed(asked.params.id);
  const kind: LinkKind = member.isInvited ? "invitation" : "reset";
  if (kind === "reset") mayUsePassword();
  const token = await audited(
    database(),
    actorOf(asked),
    ({ orm }) => makeLink(orm, kind, member.id, Date.now()),
    () => linkMade(kind, member),
  );
  return linkAnswer(kind, token, asked.url);
}

/** `DELETE /api/v1/members/{id}/sessions`: they are signed out everywhere. */
export async function endSessionsOf(asked: AskedByOwner<"id">): Promise<Response> {
  const member = await memberNamed(asked.params.id);
  const ended = await audited(
    database(),
    actorOf(asked),
    async ({ orm }) => {
      // Who is to be out everywhere is not told of anybody by a push either.
      await removeDevicesOf(orm, member.id);
      return endMemberSessions(orm, member.id);
    },
    () => sessionsEnded(member),
  );
  const answer: AnswerOf<typeof answers.ended> = { ended };
  return Response.json(answer);
}

/** `POST /api/v1/set-up-link`: the link that makes the owner, in place of the one that was printed. */
export async function postSetUpLink(asked: AskedByOwner): Promise<Response> {
  const { orm } = database();
  if (await hasOwner(orm)) throw new ApiError(409, "owned_already", "There is an owner already.");
  const token = await audited(
    database(),
    actorOf(asked),
    (client) => makeLink(client.orm, "set_up", null, Date.now()),
    () => linkMade("set_up", null),
  );
  return linkAnswer("set_up", token, asked.url);
}

/** An invitation as it is stored. Throws 400 for an owner who would not see everything. */
export function factsOf({
  name,
  email,
  role,
  ...sight
}: z.infer<typeof invitationShape>): MemberFacts {
  if (role === "owner" && !isWhole(sight)) throw badMember("an owner sees everything");
  return { name, email, role, sight };
}

/** Makes a member and the link that lets them in. Throws 409 where the e-mail address is taken. */
export async function invite(
  tx: Orm,
  facts: MemberFacts,
  now: Ms,
): Promise<{ member: Member; token: string }> {
  const id = await insertMember(tx, facts);
  if (id === null) throw emailTaken();
  return { member: await memberNamed(id, tx), token: await makeLink(tx, "invitation", id, now) };
}

/** Makes a member who signs in at once, by the hash of their password. Throws 409 as `invite` does. */
export async function admit(tx: Orm, facts: MemberFacts, hash: string): Promise<Member> {
  const id = await insertMember(tx, facts);
  if (id === null) throw emailTaken();
  await setPassword(tx, id, hash);
  return memberNamed(id, tx);
}

/** Removes a member, with their sessions, in a transaction. Throws 409 for the last owner. */
export async function dismiss(tx: Orm, member: Member): Promise<void> {
  await keepAnOwner(tx, member);
  await deleteMember(tx, member.id);
}

function linkAnswer(kind: LinkKind, token: string, { origin }: URL): Response {
  const answer: AnswerOf<typeof answers.accessLink> = { kind, url: linkAddress(origin, token) };
  return Response.json(answer, { status: 201 });
}

async function memberNamed(id: string, orm: Pick<Orm, "select"> = database().orm): Promise<Member> {
  const member = isUuid(id) ? await memberById(orm, id) : null;
  if (member === null) throw notFound("member");
  return member;
}

/** Throws 409 where without this member nobody may everything. Owners are counted one change after the other. */
async function keepAnOwner(tx: Orm, { id, role }: Member): Promise<void> {
  if (role !== "owner") return;
  await lockOwners(tx);
  if ((await otherOwners(tx, id)) > 0) return;
  throw new ApiError(409, "last_owner", "Make somebody else an owner first: nobody else is one.");
}

function isWhole({ sources, rooms, masked }: Sight): boolean {
  return sources === null && rooms === null && !masked;
}

function emailTaken(): ApiError {
  return new ApiError(409, "email_taken", "Somebody with this e-mail address is a member already.");
}

function badMember(why: string): ApiError {
  return new ApiError(400, "bad_member", `${why}.`);
}
