import fc from "fast-check";
import { expect, test } from "vitest";
import { ownPath, signInAddress } from "./own-path.ts";

const HERE = "https://rollcall.example.com";

test.each([
  ["/meetings?q=x#top", "/meetings?q=x#top"],
  ["/", "/"],
  ["/rooms/a%2Fb", "/rooms/a%2Fb"],
])("%s leads on", (text, path) => {
  expect(ownPath(text)).toBe(path);
});

test.each([
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/\n\\evil.example",
  "/.//evil.example",
  "/a/..//evil.example",
  "https://evil.example",
  "javascript:alert(1)",
  "meetings",
  "",
  " /meetings",
  "/sign-in?next=/sign-in",
])("%j leads nowhere", (text) => {
  expect(ownPath(text)).toBeNull();
});

test("whatever the text, a browser stays here, and reads the path as it stands", () => {
  const pieces = fc.constantFrom(
    "/",
    "\\",
    "\t",
    "\n",
    ".",
    "..",
    "@",
    ":",
    "evil.example",
    "%2f",
    "?",
  );
  const texts = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(pieces).map((all) => all.join("")),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const path = ownPath(text);
      if (path === null) return;
      expect(new URL(path, `${HERE}/sign-in`).origin).toBe(HERE);
      expect(ownPath(path)).toBe(path);
      expect(new URL(signInAddress(path), HERE).searchParams.get("next")).toBe(path);
    }),
  );
});
