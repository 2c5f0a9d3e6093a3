import { unknownAddress } from "#server/bots/answer.ts";
import { handlers } from "#server/http/handlers.ts";

/** Whatever else Attendee has under this address. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = handlers(
  {},
  { others: unknownAddress, options: unknownAddress },
);
