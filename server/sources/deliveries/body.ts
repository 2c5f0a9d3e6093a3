import { sightNow } from "#db/access/sight/seeing.ts";
import type { OpenedDelivery } from "#domain/event/delivery.ts";
import { maskedBody } from "#domain/sources/deliveries/masked-body.ts";
import { pseudonym } from "#server/http/shown.ts";

type Shown = Pick<OpenedDelivery, "body" | "body_base64">;

/**
 * A body as text, or as base64 where its bytes are no UTF-8; both `null` where it was erased. Who sees no names is shown
 * initials in place of them, and nothing of what is no JSON.
 */
export function shownBody(body: Buffer): Shown {
  if (body.length === 0) return { body: null, body_base64: null };
  const text = textOf(body);
  if (sightNow().masked) {
    return { body: text === null ? null : maskedBody(text, pseudonym), body_base64: null };
  }
  return text === null
    ? { body: null, body_base64: body.toString("base64") }
    : { body: text, body_base64: null };
}

/** Bytes as text; `null` where they are none. */
export function textOf(body: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return null;
  }
}
