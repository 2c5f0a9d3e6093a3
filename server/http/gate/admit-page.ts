import type { IncomingMessage, ServerResponse } from "node:http";
import { sessionEpoch } from "#db/access/sessions.ts";
import type { Orm } from "#db/sql/orm.ts";
import { ownPath, signInAddress } from "#domain/access/own-path.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isKnownOwned, isOwned } from "#server/access/sign-in/owned.ts";
import { continueSession } from "#server/access/sign-in/session.ts";
import type { Caller } from "./caller.ts";
import { clientOf } from "./client.ts";
import { refuse, UNANSWERED } from "./refusal.ts";
import { sessionCookie, sessionEnd, sessionIn } from "./session.ts";

interface Parts {
  orm: Orm;
  secret: string;
  now: () => Ms;
}

/** Who asks for a page; `null` where that was answered already, by a way to sign in. */
export type PageAdmission = (req: IncomingMessage, res: ServerResponse) => Promise<Caller | null>;

/**
 * Admits to pages: as long as there is no owner whoever is at this machine, who is given a session, and from then on
 * those who are signed in, whose session goes on. A stranger is sent to sign in, and then back.
 */
export function pageAdmission({ orm, secret, now }: Parts): PageAdmission {
  return async (req, res) => {
    try {
      if (!(await isOwned(orm))) return await admitAtThisMachine(req, res);
      const { member, cookies } = await continueSession(
        req.headers.cookie,
        clientOf((name) => String(req.headers[name] ?? "") || null),
      );
      if (cookies.length > 0) res.setHeader("set-cookie", cookies);
      // Who is to set up a code first is led to that from there.
      if (member !== null && !member.lacksCode) return { kind: "member", ...member };
      res
        .writeHead(303, { location: signInAddress(asked(req)), "cache-control": "no-store" })
        .end();
      return null;
    } catch (error) {
      // Nobody knows who it is: on a machine of one's own the page itself shows that the database is away.
      if (!isKnownOwned(orm)) return atThisMachine(now(), null);
      if (!res.headersSent) refuse(res, { ...UNANSWERED, as: "text" });
      throw error;
    }
  };

  async function admitAtThisMachine(req: IncomingMessage, res: ServerResponse): Promise<Caller> {
    const epoch = await sessionEpoch(orm);
    const until = sessionEnd(sessionIn(req.headers.cookie), secret, now(), epoch);
    if (until === null && !res.headersSent) {
      res.setHeader("set-cookie", sessionCookie(secret, now(), epoch));
    }
    return atThisMachine(until ?? now(), epoch);
  }
}

function atThisMachine(until: Ms, epoch: string | null): Caller {
  return { kind: "session", sight: WHOLE_SIGHT, until, epoch };
}

/** The page that a request is for; `null` for the first one, in whose place somebody may have chosen another. */
function asked({ url = "/" }: IncomingMessage): string | null {
  const next = new URL(url, "http://page");
  next.searchParams.delete("_rsc");
  const to = next.pathname + next.search;
  return to === "/" ? null : ownPath(to);
}
