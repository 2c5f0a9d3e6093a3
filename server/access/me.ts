import { z } from "zod";
import { endMemberSessions, sessionsOf } from "#db/access/member-sessions.ts";
import { memberById, setPassword, updateMember } from "#db/access/members.ts";
import { seeing } from "#db/access/sight/seeing.ts";
import { database } from "#db/connection/client.ts";
import { type MemberSettings, NO_SETTINGS } from "#domain/access/member.ts";
import { ownPath } from "#domain/access/own-path.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import { LIST_NAMES } from "#domain/lists/lists.ts";
import { isTimeZone } from "#domain/time/time-zone.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { isUuid } from "#domain/uuid.ts";
import { LEVEL_MODES, SHORT_LEAVES } from "#domain/waits/waiting.ts";
import { MOST_TARGET_MS } from "#domain/waits/waiting-page.ts";
import { beginAttempt, noteSuccess } from "#server/access/sign-in/attempts.ts";
import { auth } from "#server/access/sign-in/auth.ts";
import { passwordMistake } from "#server/access/sign-in/password.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import type { Asked } from "#server/http/api.ts";
import type { Caller } from "#server/http/gate/caller.ts";
import { bodyOf } from "#server/http/json-body.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { audited } from "#server/runtime/audit.ts";
import { mayUsePassword, tooManyAttempts } from "./library.ts";
import { type MeJson, meJson, settingsJson } from "./member-json.ts";
import { aboutMember, memberChanged } from "./noted.ts";
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
          .max(200)
          .refine((path) => ownPath(path) !== null, "is no page of this Rollcall")
          .nullable(),
        columns: z.partialRecord(
          z.enum(LIST_NAMES),
          z.array(z.string().min(1).max(40)).min(1).max(30).nullable(),
        ),
        wait_target_ms: z.int().min(1).max(MOST_TARGET_MS).nullable(),
        wait_goal: z.int().min(1).max(100).nullable(),
        wait_level: z.enum(LEVEL_MODES).nullable(),
        wait_short: z.enum(SHORT_LEAVES).nullable(),
      })
      .partial(),
  })
  .partial();

export const passwordShape = z.strictObject({
  current: z.string().max(1000),
  new: z.string().max(1000),
});

/** Whoever asks for themself. */
type AskedByMember<Param extends string = never> = Asked<Param> & Requester;
type SettingsChange = NonNullable<z.infer<typeof changeShape>["settings"]>;
type MemberCaller = Caller & { kind: "member" };

/** Who asks, as pages know them: on this machine somebody without a name, as long as nobody signs in. */
export function meOf(caller: Caller): MeJson {
  if (caller.kind === "member") return meJson(caller);
  return {
    ...{ id: null, name: "", email: null, role: "owner", second_factor: false },
    ...{ sources: null, rooms: null, masked: false },
    settings: settingsJson(NO_SETTINGS),
    changed_at: null,
  };
}

/** `GET /api/v1/me` */
export async function getMe({ caller }: AskedByMember): Promise<Response> {
  return Response.json(meOf(caller));
}

/** `PATCH /api/v1/me` */
export async function patchMe(asked: AskedByMember): Promise<Response> {
  const { name, settings } = await bodyOf(asked.request, changeShape, badMember);
  const { id } = memberOf(asked.caller);
  const before = await memberById(database().orm, id);
  if (before === null) throw notFound("member");
  await audited(
    database(),
    actorOf(asked),
    ({ orm }) =>
      updateMember(orm, id, {
        ...(name !== undefined && { name }),
        ...(settings !== undefined && { settings: chosenIn(settings) }),
      }),
    () => memberChanged(before, { ...before, name: name ?? before.name }),
  );
  const after = await memberById(database().orm, id);
  if (after === null) throw notFound("member");
  return Response.json(meJson(after));
}

/** `PUT /api/v1/me/password`: every other session is over with it. */
export async function putPassword(asked: AskedByMember): Promise<Response> {
  const given = await bodyOf(asked.request, passwordShape, badPassword);
  const { id, name, email, session } = memberOf(asked.caller);
  mayUsePassword();
  const attempt = { address: asked.from.address ?? "unknown", email };
  const wait = await beginAttempt(database().orm, attempt);
  if (wait > 0) throw tooManyAttempts(wait);
  const { password, internalAdapter } = await auth().$context;
  const accounts = await internalAdapter.findAccounts(id);
  const hash = accounts.find(({ providerId }) => providerId === "credential")?.password;
  if (hash == null) throw badPassword("you sign in without a password here");
  if (!(await password.verify({ hash, password: given.current }))) {
    throw badPassword("the present password is another one");
  }
  await noteSuccess(database().orm, attempt);
  const mistake = passwordMistake(given.new, [name, email]);
  if (mistake !== null) throw new ApiError(400, "bad_password", mistake);
  const renewed = await password.hash(given.new);
  const ended = await audited(
    database(),
    actorOf(asked),
    async ({ orm }) => {
      await setPassword(orm, id, renewed);
      return endMemberSessions(orm, id, { keep: session });
    },
    () => ({ action: "password.changed", about: aboutMember({ id, email }), details: {} }),
  );
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
  const sessions = await seeing(WHOLE_SIGHT, () =>
    sessionsOf(database().orm, caller.id, Date.now()),
  );
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
export async function endOtherSessions(asked: AskedByMember): Promise<Response> {
  return endedAnswer(await endOwn(asked, { keep: memberOf(asked.caller).session }));
}

/** `DELETE /api/v1/me/sessions/{id}` */
export async function endSession(asked: AskedByMember<"id">): Promise<Response> {
  const { id } = asked.params;
  const ended = isUuid(id) ? await endOwn(asked, { only: id }) : 0;
  if (ended === 0) throw notFound("session");
  return endedAnswer(ended);
}

function endOwn(asking: Requester, which: { only: string } | { keep: string }): Promise<number> {
  const { id } = memberOf(asking.caller);
  return audited(
    database(),
    actorOf(asking),
    ({ orm }) => endMemberSessions(orm, id, which),
    (ended) =>
      ended === 0 ? null : { action: "sessions.ended", about: null, details: { whose: "own" } },
  );
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
  wait_target_ms,
  wait_goal,
  wait_level,
  wait_short,
}: SettingsChange): Partial<MemberSettings> {
  return {
    ...(time_zone !== undefined && { timeZone: time_zone }),
    ...(hour_cycle !== undefined && { hourCycle: hour_cycle }),
    ...(first_day !== undefined && { firstDay: first_day }),
    ...(theme !== undefined && { theme }),
    ...(start !== undefined && { start }),
    ...(columns !== undefined && { columns }),
    ...(wait_target_ms !== undefined && { waitTargetMs: wait_target_ms }),
    ...(wait_goal !== undefined && { waitGoal: wait_goal }),
    ...(wait_level !== undefined && { waitLevel: wait_level }),
    ...(wait_short !== undefined && { waitShort: wait_short }),
  };
}

function badMember(why: string): ApiError {
  return new ApiError(400, "bad_member", `${why}.`);
}

function badPassword(why: string): ApiError {
  return new ApiError(400, "bad_password", `${why}.`);
}
