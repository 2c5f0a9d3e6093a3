import { describe, expect, it } from "vitest";
import type { WebhookRequest } from "#server/providers/contract/contract.ts";
import { sign } from "./sign.ts";
import { verify } from "./verify.ts";

/** The bytes 0 to 31. The signatures below were made outside this project, in Python. */
const secret = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

const UNICODE =
  '{"idempotency_key": "550e8400-e29b-41d4-a716-446655440000", "bot_id": "bot_abc123xyz", "bot_metadata": {"meeting_type": "sales_call"}, "trigger": "participant_events.join_leave", "data": {"id": "pe_def456uvw", "event_data": {}, "event_type": "join", "timestamp_ms": 1704556800000, "participant_name": "Jos\\u00e9 \\ud83d\\ude80", "participant_uuid": "user_789", "participant_is_host": true, "participant_user_uuid": null}}';
const FLOAT =
  '{"idempotency_key": "550e8400-e29b-41d4-a716-446655440000", "bot_id": "bot_abc123xyz", "bot_metadata": {"meeting_type": "sales_call"}, "trigger": "bot.state_change", "data": {"new_state": "ended", "old_state": "post_processing", "created_at": "2026-08-20T14:03:23.123456+00:00", "event_type": "post_processing_completed", "event_metadata": {"credits_consumed": 1.0, "bot_duration_seconds": 3600}, "event_sub_type": null}}';

const UNICODE_SIGNED = "APT8vIWJfGjgulhP/IrDRN23DLYsDVZ+bO1TgP/raM0=";
const FLOAT_SIGNED = "S7cqIROKeF+SP1gjMiXPijwBgB2M5LmhqRhFxo52n84=";

function request(body: string, signature: string): WebhookRequest {
  return {
    raw: new TextEncoder().encode(body),
    header: (name) => (name === "x-webhook-signature" ? signature : null),
    query: () => null,
    path: "",
    secrets: [secret],
    now: 0,
    toleranceMs: 1,
  };
}

describe("a signature made by Python", () => {
  it.each([
    ["letters beyond ASCII", UNICODE, UNICODE_SIGNED],
    ["a whole number with a fraction", FLOAT, FLOAT_SIGNED],
  ])("is accepted over %s", (_name, body, signature) => {
    expect(verify(request(body, signature))).toEqual({ ok: true });
    expect(sign(body, secret)).toEqual({
      "content-type": "application/json",
      "x-webhook-signature": signature,
    });
  });

  it("is accepted with any layout of the body, as long as its numbers are unchanged", () => {
    const again = JSON.stringify(JSON.parse(UNICODE), null, 2);
    expect(verify(request(again, UNICODE_SIGNED))).toEqual({ ok: true });
    expect(verify(request(JSON.stringify(JSON.parse(FLOAT)), FLOAT_SIGNED)).ok).toBe(false);
  });
});

it.each([
  ["with the secret as text", UNICODE, "ZGa9h8LrAqg73REzgehECh3VUTAXoAFArOq7L701qmI="],
  ["over the body as it is", UNICODE, "LQte2zqysIOp1t17WBGB93rV9RBYyaN4DLK/4XLutfg="],
  ["over numbers as JavaScript writes them", FLOAT, "gOMA5Ox9ZrTsgn+v72OlIPvDP9LFCp+KgC1E+NurxQw="],
  ["over another body", FLOAT, UNICODE_SIGNED],
])("a signature made %s is refused", (_name, body, signature) => {
  expect(verify(request(body, signature))).toEqual({ ok: false, refusal: "signature_mismatch" });
});

it("signs nothing that Attendee could not have sent", () => {
  for (const body of ["", "{", "NaN", '"\\ud800"']) {
    expect(() => sign(body, secret)).toThrow("cannot sign");
  }
});
