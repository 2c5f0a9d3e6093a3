import { handlers } from "#server/http/handlers.ts";
import { unknownAddress } from "#server/http/unknown-address.ts";

/** Whatever else is asked for under this address. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = handlers(
  {},
  { others: unknownAddress, options: unknownAddress },
);
