import { describe, expect, it } from "vitest";
import type { WebhookRequest } from "#server/providers/contract/contract.ts";
import { sign } from "./sign.ts";
import { verify } from "./verify.ts";

/** The example with which libraries for Standard Webhooks test themselves. */
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const body = '{"test": 2432232314}';
const published = {
  "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
  "webhook-timestamp": "1614265330",
  "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
};
const AT = 1_614_265_330_000;
const older = `whsec_${Buffer.alloc(24, 7).toString("base64")}`;

const accepted = { ok: true };
const mismatch = { ok: false, refusal: "signature_mismatch" };

function request(
  headers: Record<string, string>,
  changes: Partial<WebhookRequest> = {},
): WebhookRequest {
  return {
    raw: new TextEncoder().encode(body),
    header: (name) => headers[name] ?? null,
    query: () => null,
    path: "",
    secrets: [secret],
    now: AT,
    toleranceMs: 300_000,
    ...changes,
  };
}

function signedWith(signature: string) {
  return request({ ...published, "webhook-signature": signature });
}

describe("a signature of Standard Webhooks", () => {
  const right = published["webhook-signature"];

  it("is accepted, under the secret with its prefix and without", () => {
    expect(verify(request(published))).toEqual(accepted);
    const bare = secret.replace("whsec_", "");
    expect(verify(request(published, { secrets: [bare] }))).toEqual(accepted);
    expect(verify(request(sign(body, secret, AT)))).toEqual(accepted);
    expect(sign(body, secret, AT)).toEqual(sign(body, bare, AT));
  });

  it("may be one of several, while the sender changes its secret", () => {
    const other = sign(body, older, AT)["webhook-signature"];
    for (const list of [`${other} ${right}`, `${right} ${other}`, `v1a,abc v2,def ${right}`]) {
      expect(verify(signedWith(list)), list).toEqual(accepted);
    }
    expect(verify(signedWith(`${other} ${other}`))).toEqual(mismatch);
  });

  it("counts only in its own version, and in a list that is one", () => {
    const [, value = ""] = right.split(",");
    for (const list of [value, `v2,${value}`, `V1,${value}`, `v1:${value}`, `${right},${right}`]) {
      expect(verify(signedWith(list)), list).toEqual(mismatch);
    }
    for (const list of [`${right} `, ` ${right}`, `${right}  ${right}`]) {
      expect(verify(signedWith(list)), list).toEqual(mismatch);
    }
    expect(verify(signedWith(`${"v1,x ".repeat(10)}${right}`))).toEqual(mismatch);
  });

  it("is of the id and the time too", () => {
    const { "webhook-id": _id, ...nameless } = published;
    for (const headers of [
      nameless,
      { ...published, "webhook-id": "msg_other" },
      { ...published, "webhook-timestamp": "1614265331" },
    ]) {
      expect(verify(request(headers))).toEqual(mismatch);
    }
    const { "webhook-timestamp": _time, ...timeless } = published;
    expect(verify(request(timeless))).toEqual({ ok: false, refusal: "timestamp_missing" });
  });
});

it("refuses a genuine webhook that is too old, too new or at no time", () => {
  const outside = { ok: false, refusal: "timestamp_outside_tolerance" };
  for (const now of [AT - 300_001, AT + 300_001]) {
    expect(verify(request(published, { now }))).toEqual(outside);
    expect(verify(request(published, { now, toleranceMs: null }))).toEqual(accepted);
    expect(verify(request(published, { now, secrets: [older] }))).toEqual(mismatch);
  }
  for (const now of [AT - 300_000, AT + 300_000]) {
    expect(verify(request(published, { now }))).toEqual(accepted);
  }
  const never = sign(body, secret, Number.NaN);
  expect(verify(request(never))).toEqual(outside);
});
