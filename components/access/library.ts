import { ApiFailure } from "#components/api/api.ts";
import { enter } from "./use-door.ts";

/** What the library for signing in answers of itself. */
interface LibraryAnswer {
  /** A second factor is asked for first. */
  twoFactorRedirect?: unknown;
  /** Where to sign in with an account elsewhere. */
  url?: unknown;
  totpURI?: unknown;
  backupCodes?: unknown;
}

const AWAY = "The server cannot be reached at the moment.";
const UNSAID = "The server gave no reason.";

/** Asks `/api/auth`, where people sign in and out. Throws `ApiFailure` with its sentence. */
export async function askLibrary(path: string, body: object = {}): Promise<LibraryAnswer> {
  let response: Response;
  try {
    response = await fetch(`/api/auth${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch (cause) {
    throw new ApiFailure(AWAY, { status: 0, cause });
  }
  const json: unknown = await response.json().catch(() => null);
  if (response.ok && typeof json === "object") return json ?? {};
  throw new ApiFailure(messageIn(json), { status: response.status });
}

/** Leads to where somebody has an account, which leads back, and then on to `next`. */
export async function goElsewhere(next: string | null): Promise<void> {
  const { url } = await askLibrary("/sign-in/social", { next });
  enter(String(url));
}

/** Of our own errors and of the library's. */
function messageIn(json: unknown): string {
  if (typeof json !== "object" || json === null) return UNSAID;
  if ("message" in json && typeof json.message === "string") return json.message;
  if ("error" in json) return messageIn(json.error);
  return UNSAID;
}
