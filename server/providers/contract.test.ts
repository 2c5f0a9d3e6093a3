import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type {
  DeliveryReading,
  Provider,
  Verification,
  WebhookRequest,
} from "./contract/contract.ts";
import { fixturesOf } from "./contract/testing/fixtures.ts";
import { provider, providerNames } from "./providers.ts";

const NOW = Date.UTC(2026, 2, 12, 10);
const MINUTE = 60_000;
const secret = Buffer.alloc(32, 1).toString("base64");
const older = Buffer.alloc(32, 2).toString("base64");

const accepted: Verification = { ok: true };
const mismatch: Verification = { ok: false, refusal: "signature_mismatch" };

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function request(
  headers: Record<string, string>,
  body: string | Uint8Array,
  changes: Partial<WebhookRequest> = {},
): WebhookRequest {
  return {
    raw: typeof body === "string" ? bytes(body) : body,
    header: (name) => headers[name] ?? null,
    query: () => null,
    path: "",
    secrets: [secret],
    now: NOW,
    toleranceMs: null,
    ...changes,
  };
}

/** The content of a body that is JSON; else `undefined`. */
function contentOf(raw: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(raw));
  } catch {
    return undefined;
  }
}

/** About sixty bodies that each differ from `body` in one byte, and in content. */
function corrupted(body: string): Uint8Array[] {
  const original = bytes(body);
  const content = contentOf(original);
  const step = Math.max(1, Math.floor(original.length / 20));
  const out: Uint8Array[] = [];
  for (let at = 0; at < original.length; at += step) {
    for (const bit of [0x01, 0x20, 0x80]) {
      const changed = original.map((byte, index) => (index === at ? byte ^ bit : byte));
      if (!isDeepStrictEqual(contentOf(changed), content)) out.push(changed);
    }
  }
  return out;
}

/** Expects every text and time in a reading to fit the database. */
function expectStorable(reading: DeliveryReading): void {
  JSON.stringify(reading, (_name, value: unknown) => {
    if (typeof value !== "string") return value;
    expect(value).not.toContain("\0");
    expect(value.isWellFormed()).toBe(true);
    return value;
  });
  if (reading.kind !== "events") {
    expect(reading.room).not.toBe("");
    expect(Buffer.byteLength(reading.room ?? "")).toBeLessThanOrEqual(1_000);
  }
  if (reading.kind === "unreadable") return;
  for (const key of [reading.id, reading.occurrence]) {
    expect(key).not.toBe("");
    expect(Buffer.byteLength(key)).toBeLessThanOrEqual(1_000);
  }
  if (reading.kind === "ignored") return;
  expect(Buffer.byteLength(reading.about.room)).toBeLessThanOrEqual(1_000);
  expect(reading.about.events.length).toBeGreaterThan(0);
  for (const event of reading.about.events) {
    const times = Object.entries(event).filter(([name]) => /(^at$|At$)/.test(name));
    for (const [, time] of times) expect(time === null || Number.isSafeInteger(time)).toBe(true);
  }
}

test("the registry finds every provider by its name, and no other", () => {
  for (const name of providerNames) expect(provider(name)?.name).toBe(name);
  for (const name of ["", "Daily", "zoom", "constructor", "__proto__"]) {
    expect(provider(name)).toBeNull();
  }
});

describe.each(providerNames)("%s fulfils the contract", (name) => {
  const found = provider(name);
  if (found === null) throw new Error(`no provider ${name}`);
  const subject: Provider = found;
  const fixtures = fixturesOf(name);
  const example = fixtures[0]?.body ?? "";
  const headers = subject.sign(example, secret, NOW);

  it("has a fixture for every kind of reading", () => {
    const kinds = new Set(fixtures.map((fixture) => fixture.expected.kind));
    expect([...kinds].sort()).toEqual(["events", "ignored", "unreadable"]);
    const names = fixtures.map((fixture) => fixture.name);
    expect(names).toEqual([...new Set(names)]);
  });

  describe.each(fixtures)("given: $name", ({ body, expected }) => {
    const signed = subject.sign(body, secret, NOW);

    it("reads it as expected", () => {
      expect(subject.read(bytes(body))).toEqual(expected);
      expectStorable(expected);
    });

    it("accepts it signed, and refuses it with any byte changed", () => {
      expect(subject.verify(request(signed, body))).toEqual(accepted);
      const changed = corrupted(body);
      expect(changed.length).toBeGreaterThan(20);
      for (const raw of changed) {
        expect(subject.verify(request(signed, raw)), new TextDecoder().decode(raw)).toEqual(
          mismatch,
        );
      }
    });

    it("takes it for no challenge", () => {
      for (const check of [accepted, mismatch]) {
        expect(subject.challenge(request(signed, body), check)).toBeNull();
      }
    });
  });

  it("refuses a wrong secret, no secret at all, and secrets that are empty", () => {
    for (const secrets of [[older], [], [""], ["=="], ["?!"]]) {
      expect(subject.verify(request(headers, example, { secrets }))).toEqual(mismatch);
    }
  });

  it("accepts either of two live secrets", () => {
    const both = { secrets: [older, secret] };
    expect(subject.verify(request(headers, example, both))).toEqual(accepted);
    expect(subject.verify(request(subject.sign(example, older, NOW), example, both))).toEqual(
      accepted,
    );
  });

  it("refuses a body without a signature, and one with anything but the right one", () => {
    const missing = { ok: false, refusal: "signature_missing" };
    // The header of the signature is the one without which it is missing, whatever it is called.
    const [named = "", ...others] = Object.keys(headers).filter((header) =>
      isDeepStrictEqual(subject.verify(request({ ...headers, [header]: "" }, example)), missing),
    );
    expect(others).toEqual([]);
    const signature = headers[named] ?? "";
    expect(signature).not.toBe("");
    expect(subject.verify(request({}, example))).toEqual(missing);
    for (const wrong of [
      "x",
      signature.slice(1),
      `${signature} `,
      "é".repeat(44),
      signature === signature.toLowerCase() ? signature.toUpperCase() : signature.toLowerCase(),
    ]) {
      const forged = { ...headers, [named]: wrong };
      expect(subject.verify(request(forged, example)), wrong).toEqual(mismatch);
    }
  });

  it("refuses to sign with an empty secret", () => {
    expect(() => subject.sign(example, "", NOW)).toThrow("cannot sign");
  });

  it("judges age by the signed time where there is one, and not at all without a tolerance", () => {
    const stale = subject.verify(
      request(headers, example, { now: NOW + 6 * MINUTE, toleranceMs: 5 * MINUTE }),
    );
    const early = subject.verify(
      request(headers, example, { now: NOW - 6 * MINUTE, toleranceMs: 5 * MINUTE }),
    );
    const timed = !isDeepStrictEqual(subject.sign(example, secret, NOW + MINUTE), headers);
    const outside = { ok: false, refusal: "timestamp_outside_tolerance" };
    expect(stale).toEqual(timed ? outside : accepted);
    expect(early).toEqual(timed ? outside : accepted);
    expect(
      subject.verify(request(headers, example, { now: NOW + 5 * MINUTE, toleranceMs: 5 * MINUTE })),
    ).toEqual(accepted);
    expect(subject.verify(request(headers, example, { now: NOW + 1e10 }))).toEqual(accepted);
  });

  it("names what is wrong with a body that is not even JSON", () => {
    for (const body of ["", "{", "NaN", "'a'", `${example}}`, example.slice(0, -1)]) {
      expect(subject.read(bytes(body))).toEqual({
        kind: "unreadable",
        reason: "body is not JSON",
        type: null,
        room: null,
      });
      expect(subject.verify(request(headers, body))).toEqual(mismatch);
    }
    for (const body of ["null", "7", '"text"', "[]", "[{}]", "true"]) {
      expect(subject.read(bytes(body)).kind).toBe("unreadable");
    }
    expect(subject.read(new Uint8Array([0x22, 0xff, 0x22]))).toEqual({
      kind: "unreadable",
      reason: "body is not UTF-8",
      type: null,
      room: null,
    });
  });

  it("survives a mebibyte of brackets", () => {
    for (const opening of ["[", '{"a":', '{"data":', '{"payload":']) {
      const deep = bytes(opening.repeat(Math.floor(2 ** 20 / opening.length)));
      expect(subject.read(deep).kind).toBe("unreadable");
      expect(subject.verify(request(headers, deep))).toEqual(mismatch);
    }
    const closed = bytes("[".repeat(2 ** 19) + "]".repeat(2 ** 19));
    expect(subject.read(closed).kind).toBe("unreadable");
    expect(subject.verify(request(headers, closed))).toEqual(mismatch);
  });

  it("never throws, for any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (raw) => {
        expectStorable(subject.read(raw));
        expect(subject.verify(request(headers, raw)).ok).toBe(false);
        expect(subject.challenge(request(headers, raw), mismatch)).toBeNull();
      }),
    );
  });

  it("returns only what can be stored, whichever field has what cannot", () => {
    for (const { body } of fixtures) {
      const whole: object = JSON.parse(body);
      for (const replaced of fieldsOf(whole)) {
        for (const value of ["\0", "\ud800", "a\0@example.org"]) {
          expectStorable(subject.read(bytes(JSON.stringify(replaced(value)))));
        }
      }
    }
  });

  it("never throws, for any value in any field, and returns only what can be stored", () => {
    const junk = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom("", "\0", "\ud800", "1e400", "-1", "9".repeat(400), "é".repeat(1_001)),
      fc.double(),
      fc.string({ unit: "binary", maxLength: 20 }),
    );
    const bodies = fixtures.map(({ body }) => body);
    fc.assert(
      fc.property(fc.constantFrom(...bodies), fc.nat(), junk, (body, which, value) => {
        const changed = withField(JSON.parse(body), which, value);
        const raw = bytes(JSON.stringify(changed));
        expectStorable(subject.read(raw));
        expect(typeof subject.verify(request(headers, raw)).ok).toBe("boolean");
      }),
      { numRuns: 1_500 },
    );
  });
});

/** For each field of `body`, at the top and one level below: a function that replaces its value. */
function fieldsOf(body: object): ((value: unknown) => object)[] {
  return Object.entries(body).flatMap(([field, inner]: [string, unknown]) => {
    const isObject = typeof inner === "object" && inner !== null && !Array.isArray(inner);
    return [
      (value: unknown) => ({ ...body, [field]: value }),
      ...Object.keys(isObject ? inner : {}).map((below) => (value: unknown) => {
        return { ...body, [field]: { ...Object(inner), [below]: value } };
      }),
    ];
  });
}

/** `body` with one of its fields replaced by `value`. */
function withField(body: object, which: number, value: unknown): object {
  const fields = fieldsOf(body);
  return fields[which % fields.length]?.(value) ?? body;
}
