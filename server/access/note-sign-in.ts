import { database } from "#db/connection/client.ts";
import type { AuditActor, AuditEntry } from "#domain/access/audit/audit.ts";
import { MEMBER_COOKIE, signedIn } from "#server/access/sign-in/session.ts";
import { originOf } from "#server/http/actor.ts";
import { auditRead } from "#server/runtime/audit.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { aboutMember } from "./noted.ts";

/** What the library did that is noted besides who came in: a code that was turned on or off. */
const TURNED: Readonly<Record<string, boolean>> = {
  "/api/auth/two-factor/verify-totp": true,
  "/api/auth/two-factor/disable": false,
};

/**
 * Notes what the library answered: that somebody came in, or did not, or turned the code on or off. `email` is the
 * address that was tried; `null` where none was named.
 */
export async function noteSignIn(
  request: Request,
  email: string | null,
  answer: Response,
): Promise<void> {
  const from = originOf(request.headers);
  const by = (id: string | null, label: string): AuditActor => ({
    ...{ kind: id === null ? "nobody" : "member", id, label },
    ...from,
  });
  const came = await memberIn(answer.headers.getSetCookie().join("; "));
  const before = await memberIn(request.headers.get("cookie") ?? "");
  const turned = TURNED[new URL(request.url).pathname];
  if (before !== null && turned !== undefined && answer.ok) {
    const about = aboutMember(before);
    const entry: AuditEntry = { action: "second_factor.set", about, details: { on: turned } };
    return auditRead(by(before.id, before.name), entry);
  }
  // Also where somebody else was signed in there before.
  if (came !== null && came.session !== before?.session) {
    return auditRead(by(came.id, came.name), {
      action: "sign_in.succeeded",
      about: null,
      details: {},
    });
  }
  if (answer.status !== 401) return;
  const reason = email === null ? "code" : "password";
  await auditRead(by(null, email ?? "somebody"), {
    ...{ action: "sign_in.failed", about: null, details: { reason }, outcome: "refused" },
  });
}

async function memberIn(cookies: string) {
  const pair = new RegExp(`${MEMBER_COOKIE}=[^;]+`).exec(cookies)?.[0];
  return pair === undefined ? null : signedIn(pair, database().orm, processContext().env.secret);
}
