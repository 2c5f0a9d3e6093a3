import fc from "fast-check";
import { expect, test } from "vitest";
import { HIDDEN, maskedBody } from "./masked-body.ts";

const pseudonym = (text: string) => String(text.length);

test("a body keeps what cannot say who somebody is, and nothing else", () => {
  const body = {
    type: "participant.joined",
    at: "2026-11-20T10:00:00Z",
    event_ts: 1_700_000_000.5,
    data: {
      ...{ user_name: "Ada Lovelace", user_id: "ada@example.org", room: "Ada's room" },
      ...{ owner: true, tags: ["Ada"], account_id: 42, status: "Ada", note: "2026" },
    },
  };
  expect(JSON.parse(maskedBody(JSON.stringify(body), pseudonym) ?? "")).toEqual({
    type: "participant.joined",
    at: "2026-11-20T10:00:00Z",
    event_ts: 1_700_000_000.5,
    data: {
      ...{ user_name: "A. L.", user_id: "~15", room: HIDDEN },
      ...{ owner: true, tags: [HIDDEN], account_id: "~2", status: HIDDEN, note: HIDDEN },
    },
  });
});

test("what is no JSON is not shown at all", () => {
  expect(maskedBody("Ada", pseudonym)).toBeNull();
  expect(maskedBody('"Ada"', pseudonym)).toBe(JSON.stringify(HIDDEN));
});

test("no text of more than a letter that stands for itself comes through, wherever it is", () => {
  const secret = "Ada Lovelace of London";
  const place = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: "small" },
      fc.constant(secret),
      fc.array(tie("any"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom("name", "type", "id", "room", "x", "email"), tie("any")),
    ),
  })).any;
  fc.assert(
    fc.property(place, (value) => {
      const shown = maskedBody(JSON.stringify(value), pseudonym) ?? "";
      for (const word of ["Ada", "Lovelace", "London"]) expect(shown).not.toContain(word);
    }),
  );
});
