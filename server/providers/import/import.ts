import type { Provider } from "#server/providers/contract/contract.ts";
import { sign } from "./sign.ts";
import { read } from "./translate.ts";
import { verify } from "./verify.ts";

/**
 * Attendance files of Zoom, Teams and Meet, line by line. One room has many meetings, and what a file does not
 * state never comes later.
 */
export const fileImport: Provider = {
  name: "import",
  meetings: "by_gap",
  // An e-mail address.
  userIdsLast: true,
  silenceMs: 12 * 3_600_000,
  givesUpAfter: null,
  isPing: () => false,
  verify,
  read,
  sign,
};
