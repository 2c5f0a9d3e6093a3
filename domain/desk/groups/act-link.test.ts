import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { type ActValues, faultOfActUrl, filledActUrl } from "./act-link.ts";

const ADA: ActValues = { room: "ward 3", person: "Ada & Bo", user_id: "ada/1", meeting: "m1" };

describe("an address with names in it", () => {
  test.each([
    ["https://x.daily.co/{room}?t=1", "https://x.daily.co/ward%203?t=1"],
    [
      "https://records.example.com/?p={user_id}&n={person}",
      "https://records.example.com/?p=ada%2F1&n=Ada%20%26%20Bo",
    ],
    ["mailto:desk@example.com?subject={person}", "mailto:desk@example.com?subject=Ada%20%26%20Bo"],
    ["tel:+49301234", "tel:+49301234"],
  ])("is filled in, each value as one part: %s", (url, filled) => {
    expect(filledActUrl(url, ADA)).toBe(filled);
  });

  test.each([
    ["javascript:alert({person})", "https:"],
    ["data:text/html,{person}", "https:"],
    ["{person}", "no address"],
    ["https://{room}.example.com/", "after its host"],
    ["https://example.com{room}/", "after its host"],
    ["https://{user_id}@example.com/", "a name or a password"],
    ["https://example.com/{name}", "{name} is none"],
    ["//example.com/{room}", "no address"],
  ])("is refused where what is filled in could say where it leads: %s", (url, why) => {
    expect(faultOfActUrl(url)).toContain(why);
    expect(filledActUrl(url, ADA)).toBeNull();
  });

  it("is none where a value is not known", () => {
    expect(filledActUrl("https://a.example/{user_id}", { ...ADA, user_id: null })).toBeNull();
    expect(filledActUrl("https://a.example/{room}", { ...ADA, user_id: null })).not.toBeNull();
  });

  it("leads to the same place whatever it is filled with, and gives the value back", () => {
    const url = "https://records.example.com/of/{room}/by?who={person}";
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (room, person) => {
        const filled = filledActUrl(url, { ...ADA, room, person });
        if (filled === null) {
          expect(["", ".", ".."].some((none) => room === none || person === none)).toBe(true);
          return;
        }
        const { origin, pathname, searchParams } = new URL(filled);
        expect(origin).toBe("https://records.example.com");
        const [, of, key = "", by, ...more] = pathname.split("/");
        expect([of, decodeURIComponent(key), by, more]).toEqual([
          "of",
          room.toWellFormed(),
          "by",
          [],
        ]);
        expect(searchParams.get("who")).toBe(person.toWellFormed());
      }),
    );
  });
});
