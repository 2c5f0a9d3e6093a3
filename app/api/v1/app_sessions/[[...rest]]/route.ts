import { handlers } from "#server/http/handlers.ts";
import { unknownAddress } from "#server/integrations/bots/answer.ts";

/** Whatever else Attendee has under this address. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = handlers(
  {},
  { others: unknownAddress, options: unknownAddress },
);
