import { expect, test } from "vitest";
import { provider, providerNames } from "./providers.ts";

const NOW = Date.UTC(2026, 2, 12, 10);

test.each(providerNames)(
  "%s signs with a secret that it made, and refuses what is none",
  (name) => {
    const subject = provider(name);
    if (subject === null) throw new Error(`no provider ${name}`);
    const { kind, make, refusalOf } = subject.secret;
    const secret = make();
    expect(refusalOf(secret)).toBeNull();
    const headers = subject.sign("{}", secret, NOW);
    const verified = subject.verify({
      raw: new TextEncoder().encode("{}"),
      header: (header) => headers[header] ?? null,
      query: () => null,
      path: "",
      secrets: [make(), secret],
      now: NOW,
      toleranceMs: 1_000,
    });
    expect(verified).toEqual({ ok: true });
    const noKey = kind === "hmac_key" ? ["no base64 at all, however long"] : [];
    for (const wrong of ["", "c2hvcnQ=", ...noKey]) {
      expect(refusalOf(wrong)).toMatch(/^must be .*\.$/);
    }
  },
);
