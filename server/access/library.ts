import { z } from "zod";
import { database } from "#db/connection/client.ts";
import type { Ms } from "#domain/time/ms.ts";
import { ApiError, answering, anybody } from "#server/http/answer.ts";
import { clientOf } from "#server/http/gate/client.ts";
import type { Query } from "#server/http/parameters.ts";
import { processContext } from "#server/runtime/process-context.ts";
import {
  noteFailure,
  noteSuccess,
  type SignInAttempt,
  waitBefore,
} from "#server/sign-in/attempts.ts";
import { auth } from "#server/sign-in/auth.ts";
import { noteSignIn } from "./note-sign-in.ts";

/** What of the library can be asked from outside, and whether it is guessed at there. Everything else is ours. */
const ADDRESSES: Readonly<Record<string, "guessed" | "free">> = {
  "POST /sign-in/email": "guessed",
  "POST /sign-in/social": "free",
  "GET /callback/oidc": "free",
  "POST /sign-out": "free",
  "POST /two-factor/enable": "guessed",
  "POST /two-factor/disable": "guessed",
  "POST /two-factor/generate-backup-codes": "guessed",
  "POST /two-factor/verify-totp": "guessed",
  "POST /two-factor/verify-backup-code": "guessed",
};

const BASE = "/api/auth";
const named = z.object({ email: z.string().max(320).toLowerCase() });

/** Answers `/api/auth/…`: signing in and out, and second factors, as the library does, but only so often. */
export function askLibrary(request: Request): Promise<Response> {
  return answering(request, asAsked(request), anybody, async (url) => {
    const kind = ADDRESSES[`${request.method} ${url.pathname.slice(BASE.length)}`];
    if (kind === undefined) throw new ApiError(404, "not_found", "There is nothing here.");
    if (kind === "guessed" && processContext().env.oidc?.isOnly === true) {
      throw new ApiError(403, "forbidden", "Here people sign in with an account elsewhere only.");
    }
    if (kind === "free") {
      const answer = await auth().handler(request);
      await noteSignIn(request, null, answer);
      return answer;
    }
    return guarded(request);
  });
}

/** What is asked there is the library's to read. */
function asAsked({ url }: Request): Query {
  const names = [...new URL(url).searchParams.keys()];
  return { takes: Object.fromEntries(names.map((name) => [name, z.string()])), repeats: names };
}

async function guarded(request: Request): Promise<Response> {
  const { orm } = database();
  const text = await request.clone().text();
  const attempt: SignInAttempt = {
    address: clientOf((name) => request.headers.get(name)).address ?? "unknown",
    email: emailIn(text),
  };
  const wait = await waitBefore(orm, attempt);
  if (wait > 0) throw tooManyAttempts(wait);
  const answer = await auth().handler(request);
  if (answer.status === 401 || answer.status === 400) await noteFailure(orm, attempt);
  else if (answer.ok) await noteSuccess(orm, attempt);
  await noteSignIn(request, attempt.email, answer);
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

function emailIn(text: string): string | null {
  try {
    return named.safeParse(JSON.parse(text)).data?.email ?? null;
  } catch {
    // The library says what is wrong with it.
    return null;
  }
}
