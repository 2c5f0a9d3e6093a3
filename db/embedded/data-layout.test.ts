import { expect, test } from "vitest";
import { asOneLine, dataLayoutIn } from "./data-layout.ts";
import { EmbeddedDatabaseError } from "./error.ts";

const layout = dataLayoutIn("/srv/data");
const failure = (code: string) =>
  Object.assign(new Error(`${code}: no`), { code, syscall: "open" });

test.each([
  ["ENOSPC", "is not writable (the disk is full): make room there, or set ROLLCALL_DATA"],
  ["EROFS", "is not writable (the disk is read-only): give this user the folder, or set"],
  ["EACCES", "is not writable: give this user the folder, or set ROLLCALL_DATA"],
])("%s anywhere in a start is one line", (code, line) => {
  const reported = asOneLine(failure(code), layout);
  expect(reported).toBeInstanceOf(EmbeddedDatabaseError);
  expect(reported).toMatchObject({ message: expect.stringContaining(`/srv/data ${line}`) });
});

test("an error that is not of files is unchanged", () => {
  for (const error of [failure("EADDRINUSE"), new TypeError("x"), null]) {
    expect(asOneLine(error, layout)).toBe(error);
  }
});
