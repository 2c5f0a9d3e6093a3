import { z } from "zod";
import { makeLink } from "#db/access/links.ts";
import { memberByEmail } from "#db/access/members.ts";
import { database } from "#db/connection/client.ts";
import type { AuditActor } from "#domain/access/audit/audit.ts";
import type { Member } from "#domain/access/member.ts";
import { beginAttempt } from "#server/access/sign-in/attempts.ts";
import { invitationLetter, resetLetter, sendMail } from "#server/access/sign-in/mail.ts";
import { ApiError } from "#server/http/answer.ts";
import type { Asked } from "#server/http/api.ts";
import { bodyOf } from "#server/http/json-body.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { audited } from "#server/runtime/audit.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { mayUsePassword, tooManyAttempts } from "./library.ts";
import { linkAddress } from "./link-address.ts";
import { linkMade } from "./noted.ts";
import type * as answers from "./schema.ts";

export const resetShape = z.strictObject({ email: z.email().max(254).toLowerCase() });

/** Sends the link to whoever is invited, where mail is set up. Whether it was taken; what failed is in the log. */
export async function mailInvitation({ email, name }: Member, url: string): Promise<boolean> {
  const { env, log } = processContext();
  if (env.mail === null) return false;
  try {
    const how = env.oidc?.isOnly === true ? "sign in" : "choose a password and sign in";
    await sendMail(env.mail, invitationLetter({ to: email, name, url, how }));
    return true;
  } catch (error) {
    log.error({ err: error }, "an invitation could not be sent by mail");
    return false;
  }
}

/**
 * `POST /api/v1/password-resets`: a member is sent a link by mail. The answer is the same for an address that is
 * nobody's, and comes as soon.
 */
export async function postReset({ request, url, from }: Asked<never>): Promise<Response> {
  const { env, log } = processContext();
  const { mail } = env;
  mayUsePassword();
  if (mail === null) throw new ApiError(404, "not_found", "No mail is sent from here.");
  const { email } = await bodyOf(request, resetShape, (why) => {
    return new ApiError(400, "bad_member", `${why}.`);
  });
  const attempt = { address: from.address ?? "unknown", email: `reset ${email}` };
  const wait = await beginAttempt(database().orm, attempt);
  if (wait > 0) throw tooManyAttempts(wait);
  const by: AuditActor = { kind: "nobody", id: null, label: email, ...from };
  void mailReset(email, by, url.origin, mail).catch((error: unknown) =>
    log.error({ err: error }, "a link for a new password could not be sent by mail"),
  );
  const answer: AnswerOf<typeof answers.resetAsked> = { status: "asked" };
  return Response.json(answer, { status: 202 });
}

async function mailReset(
  email: string,
  by: AuditActor,
  origin: string,
  mail: { url: string; from: string },
): Promise<void> {
  const member = await memberByEmail(database().orm, email);
  if (member === null || member.isInvited) return;
  const token = await audited(
    database(),
    by,
    ({ orm }) => makeLink(orm, "reset", member.id, Date.now()),
    () => linkMade("reset", member),
  );
  await sendMail(mail, resetLetter(email, member.name, linkAddress(origin, token)));
}
