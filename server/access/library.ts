import { z } from "zod";
import { database } from "#db/connection/client.ts";
import { ownPath, signInAddress } from "#domain/access/own-path.ts";
import type { Ms } from "#domain/time/ms.ts";
import { beginAttempt, noteSuccess, type SignInAttempt } from "#server/access/sign-in/attempts.ts";
import { auth } from "#server/access/sign-in/auth.ts";
import { isOwned } from "#server/access/sign-in/owned.ts";
import { ApiError, answering, anybody } from "#server/http/answer.ts";
import { clientOf } from "#server/http/gate/client.ts";
import { bodyOf } from "#server/http/json-body.ts";
import type { Query } from "#server/http/parameters.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { noteSignIn } from "./note-sign-in.ts";

/** What of the library can be asked from outside, and with what. Everything else of it is nowhere. */
interface LibraryAddress {
  /** All that it is told: it knows more, as to trust a browser with no code for a month. */
  takes: z.ZodType<object>;
  /** Whether something is guessed at there, which is a password or a code of a password's. */
  isGuessed: boolean;
}

const password = z.string().max(1000);
const code = z.strictObject({ code: z.string().max(100) });
const withPassword = z.strictObject({ password });

const ADDRESSES: Readonly<Record<string, LibraryAddress>> = {
  "POST /sign-in/email": {
    takes: z.strictObject({ email: z.email().max(254).toLowerCase(), password }),
    isGuessed: true,
  },
  "POST /sign-in/social": {
    takes: z.strictObject({ next: z.string().max(2000).nullable() }).transform(elsewhere),
    isGuessed: false,
  },
  "GET /callback/oidc": { takes: z.strictObject({}), isGuessed: false },
  "POST /sign-out": { takes: z.strictObject({}), isGuessed: false },
  "POST /two-factor/enable": { takes: withPassword, isGuessed: true },
  "POST /two-factor/disable": { takes: withPassword, isGuessed: true },
  "POST /two-factor/generate-backup-codes": { takes: withPassword, isGuessed: true },
  "POST /two-factor/verify-totp": { takes: code, isGuessed: true },
  "POST /two-factor/verify-backup-code": { takes: code, isGuessed: true },
};

const BASE = "/api/auth";
const named = z.object({ email: z.string() });

/** Answers `/api/auth/…`: signing in and out, and second factors, as the library does, but only so often. */
export function askLibrary(request: Request): Promise<Response> {
  return answering(request, asAsked(request), anybody, async (url) => {
    const address = ADDRESSES[`${request.method} ${url.pathname.slice(BASE.length)}`];
    if (address === undefined) throw new ApiError(404, "not_found", "There is nothing here.");
    if (address.isGuessed) mayUsePassword();
    if (request.method === "GET") return asking(request, null);
    const body = await bodyOf(
      request,
      address.takes,
      (why) => new ApiError(400, "bad_member", `${why}.`),
    );
    const asked = new Request(request.url, {
      ...{ method: request.method, headers: request.headers },
      body: JSON.stringify(body),
    });
    const email = named.safeParse(body).data?.email ?? null;
    return address.isGuessed ? guarded(asked, email) : asking(asked, email);
  });
}

/** What the library is asked for an account elsewhere. It leads back to our own page, which leads on. */
function elsewhere({ next }: { next: string | null }) {
  const back = signInAddress(next === null ? null : ownPath(next));
  return {
    ...{ provider: "oidc", disableRedirect: true },
    ...{ callbackURL: back, errorCallbackURL: back },
  };
}

/** Throws 403 where nobody signs in with a password. */
export function mayUsePassword(): void {
  if (processContext().env.oidc?.isOnly !== true) return;
  throw new ApiError(403, "forbidden", "Here people sign in with an account elsewhere only.");
}

/** What is asked there is the library's to read. */
function asAsked({ url }: Request): Query {
  const names = [...new URL(url).searchParams.keys()];
  return { takes: Object.fromEntries(names.map((name) => [name, z.string()])), repeats: names };
}

async function guarded(request: Request, email: string | null): Promise<Response> {
  const { orm } = database();
  const attempt: SignInAttempt = {
    address: clientOf((name) => request.headers.get(name)).address ?? "unknown",
    email,
  };
  const wait = await beginAttempt(orm, attempt);
  if (wait > 0) throw tooManyAttempts(wait);
  const answer = await asking(request, email);
  if (answer.ok) await noteSuccess(orm, attempt);
  return answer;
}

async function asking(request: Request, email: string | null): Promise<Response> {
  const answer = await auth(clientOf((name) => request.headers.get(name))).handler(request);
  await noteSignIn(request, email, answer);
  // The first owner may have come in so: from then on nobody is let in as whoever is at this machine.
  await isOwned(database().orm);
  return answer;
}

/** The refusal of what failed too often. */
export function tooManyAttempts(wait: Ms): ApiError {
  const minutes = Math.ceil(wait / 60_000);
  return new ApiError(
    429,
    "too_many_attempts",
    `This failed too often. Try again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`,
    { retryAfterSeconds: Math.ceil(wait / 1000) },
  );
}
