import type { Scope } from "#domain/access/scope.ts";

/** What a key with this scope may, for people. */
export const SCOPE_WORDS: Record<Scope, { name: string; note: string }> = {
  read: { name: "Read", note: "Everything the pages show, and the live channel" },
  write: { name: "Write", note: "What an operator enters: corrections, lists, statements" },
  deliver: { name: "Deliver", note: "Import attendance files, and take imports back" },
};
