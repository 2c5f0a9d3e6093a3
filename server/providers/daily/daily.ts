import type { Provider } from "#server/providers/contract/contract.ts";
import { sign } from "./sign.ts";
import { read } from "./translate.ts";
import { isPing, verify } from "./verify.ts";

/** Daily rooms: one room has many meetings, and every leave is reported, unless its delivery is lost. */
export const daily: Provider = {
  name: "daily",
  meetings: "by_gap",
  userIdsLast: true,
  silenceMs: 12 * 3_600_000,
  // Unless its webhook was made with `exponential`, which no delivery shows.
  givesUpAfter: 3,
  isPing,
  verify,
  read,
  sign,
};
