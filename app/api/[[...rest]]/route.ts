import { handlers } from "#server/http/handlers.ts";
import { nowhere } from "#server/http/nowhere.ts";

/** Whatever else is asked for under this address. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = handlers(
  {},
  { others: nowhere, options: nowhere },
);
