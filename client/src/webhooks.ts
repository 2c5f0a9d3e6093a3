/** Why a webhook is not to be believed. */
export class WebhookRefused extends Error {
  override name = "WebhookRefused";
}

export interface SignedWebhook {
  /** As Rollcall showed it when the endpoint was made: `whsec_…`. Several, while one takes another's place. */
  secret: string | readonly string[];
  /** The headers as they came; their names in any case. */
  headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The exact bytes or text of the body: not parsed and written again. */
  body: string | Uint8Array;
  /** How far the clocks may be apart, in ms: five minutes where it is left out. */
  toleranceMs?: number;
  now?: number;
}

const TOLERANCE_MS = 300_000;
const PREFIX = "whsec_";

/**
 * Verifies a webhook of Rollcall that is signed by Standard Webhooks, and parses its body. Rejects with
 * `WebhookRefused`, which says why; then nothing of it is to be believed. A delivery that comes again has the same
 * `webhook-id`.
 */
export async function verifyWebhook<Body = unknown>({
  secret,
  headers,
  body,
  toleranceMs = TOLERANCE_MS,
  now = Date.now(),
}: SignedWebhook): Promise<Body> {
  const id = headerIn(headers, "webhook-id");
  const timestamp = headerIn(headers, "webhook-timestamp");
  const signatures = headerIn(headers, "webhook-signature");
  if (id === null || timestamp === null || signatures === null) {
    throw new WebhookRefused("It is not signed: a header of the signature is missing.");
  }
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const lead = new TextEncoder().encode(`${id}.${timestamp}.`);
  const signed = new Uint8Array(lead.length + bytes.length);
  signed.set(lead);
  signed.set(bytes, lead.length);
  const given = signatures.split(" ").flatMap((one) => {
    const [version, value = ""] = one.split(",", 2);
    const bytes = version === "v1" ? bytesIn(value) : null;
    return bytes === null ? [] : [bytes];
  });
  const secrets = typeof secret === "string" ? [secret] : secret;
  if (!(await isSignedByAny(secrets, given, signed))) {
    throw new WebhookRefused(
      "It is signed with another secret, or its body was changed on the way.",
    );
  }
  // Judged last: only a genuine one is refused as too old.
  if (!(Math.abs(now - Number(timestamp) * 1_000) <= toleranceMs)) {
    throw new WebhookRefused(
      "It was signed too long ago: the clocks differ, or it is sent again by somebody else.",
    );
  }
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new WebhookRefused("Its body is no JSON.", { cause });
  }
}

/** Compares in constant time. */
async function isSignedByAny(
  secrets: readonly string[],
  signatures: readonly Uint8Array<ArrayBuffer>[],
  signed: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  for (const secret of secrets) {
    const bytes = bytesIn(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret);
    // Anybody can sign with an empty key.
    if (bytes === null || bytes.length === 0)
      throw new WebhookRefused("The secret is no whsec_ secret.");
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("raw", bytes, algorithm, false, ["verify"]);
    for (const signature of signatures) {
      if (await crypto.subtle.verify("HMAC", key, signature, signed)) return true;
    }
  }
  return false;
}

function bytesIn(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
  } catch {
    return null;
  }
}

function headerIn(headers: SignedWebhook["headers"], name: string): string | null {
  if (headers instanceof Headers) return headers.get(name);
  for (const [own, value] of Object.entries(headers)) {
    if (own.toLowerCase() === name && value !== undefined)
      return typeof value === "string" ? value : value.join(",");
  }
  return null;
}
