import { z } from "zod";
import { database } from "#db/connection/client.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { auth } from "#server/access/sign-in/auth.ts";
import {
  type Joining,
  join,
  LINK_OVER,
  NotJoined,
  type Offer,
  offerOf,
} from "#server/access/sign-in/join.ts";
import { isOwned } from "#server/access/sign-in/owned.ts";
import { MEMBER_COOKIE } from "#server/access/sign-in/session.ts";
import { holderOfLink, type Origin } from "#server/http/actor.ts";
import { ApiError } from "#server/http/answer.ts";
import type { Asked } from "#server/http/api.ts";
import { clientOf } from "#server/http/gate/client.ts";
import { bodyOf } from "#server/http/json-body.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { audited } from "#server/runtime/audit.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { mayUsePassword } from "./library.ts";
import { aboutMember } from "./noted.ts";
import type * as answers from "./schema.ts";

export const joiningShape = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  email: z.email().max(254).optional(),
  password: z.string().max(1000).optional(),
});

/** What the link with this token offers now; `null` where it cannot be used. */
export function readOffer(token: string): Promise<Offer | null> {
  return offerOf(database(), token, Date.now());
}

/** `GET /api/v1/links/{token}` */
export async function getLink({ params }: Asked<"token">): Promise<Response> {
  const offer = await readOffer(params.token);
  if (offer === null) throw linkOver();
  return Response.json(offerJson(offer));
}

/** `POST /api/v1/links/{token}`: uses it, and signs in whose it is. */
export async function postLinkUse({ request, params, from }: Asked<"token">): Promise<Response> {
  const isOnlyElsewhere = processContext().env.oidc?.isOnly === true;
  // The owner to be says by which address they are known there; everybody else was invited by it.
  const offer = isOnlyElsewhere ? await readOffer(params.token) : null;
  if (offer !== null && offer.kind !== "set_up") mayUsePassword();
  const given = await bodyOf(request, joiningShape, badMember);
  const password = isOnlyElsewhere ? null : (given.password ?? "");
  const { id, email, kind } = await joining(params.token, { ...given, password }, from);
  if (password === null) return joinedAnswer({ id, signed_in: false }, []);
  // From here on the gate lets nobody in as whoever is at this machine.
  if (kind === "set_up") await isOwned(database().orm);
  const client = clientOf((name) => request.headers.get(name));
  const { headers, ok } = await auth(client).api.signInEmail({
    body: { email, password },
    headers: request.headers,
    asResponse: true,
  });
  const cookies = headers.getSetCookie();
  return joinedAnswer({ id, signed_in: ok && hasSession(cookies) }, cookies);
}

function joinedAnswer(
  answer: AnswerOf<typeof answers.joined>,
  cookies: readonly string[],
): Response {
  const response = Response.json(answer);
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}

function offerJson({ kind, name, email, expiresAt }: Offer): AnswerOf<typeof answers.offer> {
  return { kind, name, email, expires_at: toWireTime(expiresAt) };
}

async function joining(token: string, given: Joining, from: Origin) {
  try {
    return await audited(
      database(),
      holderOfLink(from),
      (client) => join(client, auth(), token, given, Date.now()),
      ({ kind, ...member }) => ({
        action: "member.joined",
        about: aboutMember(member),
        details: { by: kind },
      }),
    );
  } catch (error) {
    if (!(error instanceof NotJoined)) throw error;
    throw refusalOf(error);
  }
}

function refusalOf(cause: NotJoined): ApiError {
  if (cause.reason === "over") return linkOver();
  const code = cause.reason === "password" ? "bad_password" : "bad_member";
  return new ApiError(400, code, cause.message, { cause });
}

/** Where a second factor is asked first, the cookie of a session is taken away in the same answer. */
function hasSession(cookies: readonly string[]): boolean {
  return cookies.some(
    (cookie) => cookie.startsWith(`${MEMBER_COOKIE}=`) && !/max-age=0/i.test(cookie),
  );
}

function linkOver(): ApiError {
  return new ApiError(410, "link_over", LINK_OVER);
}

function badMember(why: string): ApiError {
  return new ApiError(400, "bad_member", `${why}.`);
}
