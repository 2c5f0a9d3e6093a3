import type { Provider } from "#server/providers/contract/contract.ts";
import { sign } from "./sign.ts";
import { read } from "./translate.ts";
import { verify } from "./verify.ts";

const HOUR = 3_600_000;

/**
 * Attendee bots on Zoom, Meet and Teams: one bot is one meeting.
 * A bot can hang without reporting it, and a lost last delivery is never sent again: so silence ends its stay.
 * Zoom gives the same user id to different people in different meetings, the others give none.
 */
export const attendee: Provider = {
  name: "attendee",
  meetings: "one_per_room",
  userIdsLast: false,
  silenceMs: 12 * HOUR,
  givesUpAfter: null,
  isPing: () => false,
  verify,
  read,
  sign,
};
