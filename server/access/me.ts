import { z } from "zod";
import {
  endMemberSessions,
  memberById,
  sessionsOf,
  setPassword,
  updateMember,
} from "#db/access/members.ts";
import { database } from "#db/connection/client.ts";
import { CHOSEN_LISTS, type MemberSettings, NO_SETTINGS } from "#domain/access/member.ts";
import { isTimeZone } from "#domain/time/time-zone.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { isUuid } from "#domain/uuid.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import type { Asked } from "#server/http/api.ts";
import type { Caller } from "#server/http/gate/caller.ts";
import { bodyOf } from "#server/http/json-body.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { auth } from "#server/sign-in/auth.ts";
import { passwordMistake } from "#server/sign-in/password.ts";
import { type MeJson, meJson, settingsJson } from "./member-json.ts";
import type * as answers from "./schema.ts";

export const changeShape = z
  .strictObject({
    name: z.string().trim().min(1).max(100),
    settings: z
      .strictObject({
        time_zone: z
          .string()
          .refine((zone) => zone === "browser" || isTimeZone(zone), "is no time zone")
          .nullable(),
        hour_cycle: z.enum(["h12", "h23"]).nullable(),
        first_day: z.int().min(1).max(7).nullable(),
        theme: z.enum(["light", "dark"]).nullable(),
        start: z
          .string()
          .regex(/^\/(?![/\\])/)
          .max(200)
          .nullable(),
        columns: z.partialRecord(
          z.enum(CHOSEN_LISTS),
          z.array(z.string().min(1).max(40)).min(1).max(30).nullable(),
        ),
      })
      .partial(),
  })
  .partial();

export const passwordShape = z.strictObject({
  current: z.string().max(1000),
  new: z.string().max(1000),
});

/** Whoever asks for themself. */
type AskedByMember = Asked<never> & { caller: Caller };
type SettingsChange = NonNullable<z.infer<typeof changeShape>["settings"]>;
type MemberCaller = Caller & { kind: "member" };

/** Who asks, as pages know them: on this machine somebody without a name, as long as nobody signs in. */
export async function meOf(caller: Caller): Promise<MeJson> {
  if (caller.kind === "member") {
    const member = await memberById(database().orm, caller.id);
    if (member === null) throw notFound("member");
    return meJson(member);
  }
  return {
    ...{ id: null, name: "", email: null, role: "owner", second_factor: false },
    ...{ sources: null, rooms: null, masked: false },
    settings: settingsJson(NO_SETTINGS),
    changed_at: null,
  };
}

/** `GET /api/v1/me` */
export async function getMe({ caller }: AskedByMember): Promise<Response> {
  return Response.json(await meOf(caller));
}

/** `PATCH /api/v1/me` */
export async function patchMe({ request, caller }: AskedByMember): Promise<Response> {
  const { name, settings } = await bodyOf(request, changeShape, badMember);
  const { id } = memberOf(caller);
  await updateMember(database().orm, id, {
    ...(name !== undefined && { name }),
    ...(settings !== undefined && { settings: chosenIn(settings) }),
  });
  return Response.json(await meOf(caller));
}

/** `PUT /api/v1/me/password`: every other session is over with it. */
export async function putPassword({ request, caller }: AskedByMember): Promise<Response> {
  const given = await bodyOf(request, passwordShape, badPassword);
  const { id, name, email, session } = memberOf(caller);
  const { password, internalAdapter } = await auth().$context;
  const accounts = await internalAdapter.findAccounts(id);
  const hash = accounts.find(({ providerId }) => providerId === "credential")?.password;
  if (hash == null) throw badPassword("you sign in without a password here");
  if (!(await password.verify({ hash, password: given.current }))) {
    throw badPassword("the present password is another one");
  }
  const mistake = passwordMistake(given.new, [name, email]);
  if (mistake !== null) throw new ApiError(400, "bad_password", mistake);
  const renewed = await password.hash(given.new);
  const ended = await database().orm.transaction(async (tx) => {
    await setPassword(tx, id, renewed);
    return endMemberSessions(tx, id, { keep: session });
  });
  return endedAnswer(ended);
}

/** `GET /api/v1/me/sessions` */
export async function getSessions({ caller }: AskedByMember): Promise<Response> {
  const answer: AnswerOf<typeof answers.memberSessions> = { results: await readSessions(caller) };
  return Response.json(answer);
}

/** The sessions of whoever asks; none where nobody signs in. */
export async function readSessions(
  caller: Caller,
): Promise<AnswerOf<typeof answers.memberSessions>["results"]> {
  if (caller.kind !== "member") return [];
  const sessions = await sessionsOf(database().orm, caller.id, Date.now());
  return sessions.map((session) => ({
    id: session.id,
    created_at: toWireTime(session.createdAt),
    used_at: toWireTime(session.usedAt),
    address: session.address,
    browser: session.userAgent,
    current: session.id === caller.session,
  }));
}

/** `DELETE /api/v1/me/sessions`: all but the one that asks. */
export async function endOtherSessions({ caller }: AskedByMember): Promise<Response> {
  const { id, session } = memberOf(caller);
  return endedAnswer(await endMemberSessions(database().orm, id, { keep: session }));
}

/** `DELETE /api/v1/me/sessions/{id}` */
export async function endSession({
  caller,
  params,
}: Asked<"id"> & { caller: Caller }): Promise<Response> {
  const ended = isUuid(params.id)
    ? await endMemberSessions(database().orm, memberOf(caller).id, { only: params.id })
    : 0;
  if (ended === 0) throw notFound("session");
  return endedAnswer(ended);
}

function endedAnswer(ended: number): Response {
  const answer: AnswerOf<typeof answers.ended> = { ended };
  return Response.json(answer);
}

function memberOf(caller: Caller): MemberCaller {
  if (caller.kind === "member") return caller;
  throw new ApiError(403, "forbidden", "Nobody signs in here yet, so there is nobody to change.");
}

function chosenIn({
  time_zone,
  hour_cycle,
  first_day,
  theme,
  start,
  columns,
}: SettingsChange): Partial<MemberSettings> {
  return {
    ...(time_zone !== undefined && { timeZone: time_zone }),
    ...(hour_cycle !== undefined && { hourCycle: hour_cycle }),
    ...(first_day !== undefined && { firstDay: first_day }),
    ...(theme !== undefined && { theme }),
    ...(start !== undefined && { start }),
    ...(columns !== undefined && { columns }),
  };
}

function badMember(why: string): ApiError {
  return new ApiError(400, "bad_member", `${why}.`);
}

function badPassword(why: string): ApiError {
  return new ApiError(400, "bad_password", `${why}.`);
}
