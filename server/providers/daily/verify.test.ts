import { createHmac } from "node:crypto";
import { describe, expect, it, test } from "vitest";
import type { WebhookRequest } from "#server/providers/contract/contract.ts";
import { signatureOf } from "#server/providers/contract/signature.ts";
import { sign } from "./sign.ts";
import { isPing, verify } from "./verify.ts";

/** Thirty-two bytes of 7. The signatures below were made outside this project. */
const secret = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";

const PING = '{"test":"test"}';
const WAITED =
  '{"version":"1.0.0","type":"waiting-participant.left","id":"1-w-ptcpt-left-c85f48f3-82ec-4648-b39c-edfce7acf062","payload":{"room":"knocking","user_name":"bipol","session_id":"c85f48f3-82ec-4648-b39c-edfce7acf062","joined_at":1719586614.027,"will_eject_at":null,"owner":false,"permissions":{"hasPresence":true,"canSend":true,"canReceive":{"base":true},"canAdmin":false},"duration":14.403000116348267},"event_ts":1719586628.431}';
const JOINED =
  '{"version":"1.0.0","type":"participant.joined","id":"ptcpt-join-6497c79b-f326-4942-aef8-c36a29140ad1-1708972279961","payload":{"room":"test","user_id":"6497c79b-f326-4942-aef8-c36a29140ad1","user_name":"testuser","session_id":"0c0d2dda-f21d-4cf9-ab56-86bf3c407ffa","joined_at":1708972279.96,"will_eject_at":1708972299.541,"owner":false,"permissions":{"hasPresence":true,"canSend":true,"canReceive":{"base":true},"canAdmin":false}},"event_ts":1708972279.961}';

const vectors = [
  ["the ping", "1719586600000", PING, "TG9IE5jyzwypnx9qTpWni/n7WdyfRHqTPBRJ7bSZY0Y="],
  ["a wait that ended", "1719586628431", WAITED, "fjcgMZ2bBc5e4pPSXTmUIDSd6Oxdv9RaCZT2s8ifBoA="],
  ["an arrival", "1708972279961", JOINED, "WE/M7u2iDy/fb0o3twRLQtsMMMuS2lWy55P8sP8EdE8="],
] as const;

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function request(
  timestamp: string | null,
  signature: string,
  body: string | Uint8Array,
): WebhookRequest {
  return {
    raw: typeof body === "string" ? bytes(body) : body,
    header: (name) => (name === "x-webhook-signature" ? signature : timestamp),
    query: () => null,
    path: "",
    secrets: [secret],
    now: 1719586628431,
    toleranceMs: null,
  };
}

function signedAt(timestamp: string, body = JOINED): string {
  return signatureOf(secret, `${timestamp}.`, body) ?? "";
}

describe("a signature made elsewhere", () => {
  it.each(vectors)("is accepted over %s", (_name, timestamp, body, signature) => {
    expect(verify(request(timestamp, signature, body))).toEqual({ ok: true });
    expect(sign(body, secret, Number(timestamp))).toEqual({
      "content-type": "application/json",
      "x-webhook-signature": signature,
      "x-webhook-timestamp": timestamp,
    });
  });

  it.each(vectors)("is refused at another time over %s", (_name, timestamp, body, signature) => {
    expect(verify(request(`${timestamp}0`, signature, body))).toEqual({
      ok: false,
      refusal: "signature_mismatch",
    });
  });
});

describe("a signature of another making", () => {
  const key = Buffer.from(secret, "base64");
  it.each([
    ["the secret as text", createHmac("sha256", secret).update(`1.${JOINED}`).digest("base64")],
    ["the body alone", createHmac("sha256", key).update(JOINED).digest("base64")],
    ["hexadecimal", createHmac("sha256", key).update(`1.${JOINED}`).digest("hex")],
  ])("is refused: %s", (_name, signature) => {
    expect(verify(request("1", signature, JOINED)).ok).toBe(false);
  });
});

describe("a body that a proxy has reformatted", () => {
  it("is accepted, because its content is still what was signed", () => {
    const pretty = JSON.stringify(JSON.parse(JOINED), null, 2);
    expect(verify(request("1708972279961", signedAt("1708972279961"), pretty))).toEqual({
      ok: true,
    });
  });

  it("is refused when its content is different", () => {
    const other = JSON.stringify({ ...JSON.parse(JOINED), version: "2" }, null, 2);
    expect(verify(request("1708972279961", signedAt("1708972279961"), other)).ok).toBe(false);
  });
});

describe("the time of signing", () => {
  const NOW = 1719586628431;
  const tolerant = (timestamp: string, toleranceMs: number | null) => ({
    ...request(timestamp, signedAt(timestamp), JOINED),
    now: NOW,
    toleranceMs,
  });

  it("may be in milliseconds or in seconds", () => {
    expect(verify(tolerant("1719586628000", 1_000))).toEqual({ ok: true });
    expect(verify(tolerant("1719586628", 1_000))).toEqual({ ok: true });
    expect(verify(tolerant("1719586628.4", 100))).toEqual({ ok: true });
  });

  it("may be as far off as the tolerance, and no further", () => {
    const refused = { ok: false, refusal: "timestamp_outside_tolerance" };
    expect(verify(tolerant(String(NOW - 1_000), 1_000))).toEqual({ ok: true });
    expect(verify(tolerant(String(NOW - 1_001), 1_000))).toEqual(refused);
    expect(verify(tolerant(String(NOW + 1_000), 1_000))).toEqual({ ok: true });
    expect(verify(tolerant(String(NOW + 1_001), 1_000))).toEqual(refused);
  });

  it("must be a number where age matters", () => {
    for (const timestamp of ["soon", "-1", "1e13", "NaN", " "]) {
      expect(verify(tolerant(timestamp, 1e15)).ok).toBe(false);
      expect(verify(tolerant(timestamp, null))).toEqual({ ok: true });
    }
  });

  it("must be there", () => {
    const refused = { ok: false, refusal: "timestamp_missing" };
    expect(verify(request(null, signedAt("1"), JOINED))).toEqual(refused);
    expect(verify(request("", signedAt(""), JOINED))).toEqual(refused);
  });

  it("is only judged once the signature is right", () => {
    expect(verify({ ...tolerant("1", 1), secrets: [] })).toEqual({
      ok: false,
      refusal: "signature_mismatch",
    });
  });
});

test("the ping is recognised with white space around it, and nothing less is one", () => {
  for (const body of [PING, ` ${PING}\n`, `\t${PING}\r\n`]) expect(isPing(bytes(body))).toBe(true);
  for (const body of ["", "{}", '{"test":"tost"}', `${PING}${PING}`, `[${PING}]`, `${PING}x`]) {
    expect(isPing(bytes(body))).toBe(false);
  }
  expect(isPing(bytes(" ".repeat(2 ** 20) + PING))).toBe(false);
  expect(isPing(new Uint8Array([0xff]))).toBe(false);
});
