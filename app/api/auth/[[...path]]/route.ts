import { askLibrary } from "#server/access/library.ts";
import { handlers } from "#server/http/handlers.ts";

/** Signing in and out: the addresses are the library's own. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = handlers({
  GET: askLibrary,
  POST: askLibrary,
});
