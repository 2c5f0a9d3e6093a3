import { expect, test } from "vitest";
import { mayListen } from "./may-listen.ts";

const nobody = { hasOwner: false, hasSetUpLink: false };
const OPEN = ["0.0.0.0", "::", "192.168.0.4", "2001:db8::4", "::ffff:192.168.0.4"];

test.each(["localhost", "127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])(
  "%s is of this machine alone, and needs nobody to sign in",
  (host) => expect(mayListen(host, nobody)).toBe(true),
);

test.each(OPEN)("%s is for others too, who have to be able to sign in", (host) => {
  expect(mayListen(host, nobody)).toBe(false);
  expect(mayListen(host, { ...nobody, hasOwner: true })).toBe(true);
  expect(mayListen(host, { ...nobody, hasSetUpLink: true })).toBe(true);
});
