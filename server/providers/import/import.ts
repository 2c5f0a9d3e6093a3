import type { Provider } from "#server/providers/contract/contract.ts";
import { hmacKey } from "#server/providers/contract/secret.ts";
import { sign } from "./sign.ts";
import { read } from "./translate.ts";
import { verify } from "./verify.ts";

/**
 * Attendance files of Zoom, Teams and Meet, line by line. One room has many meetings, and what a file does not
 * state never comes later.
 */
export const fileImport: Provider<"import"> = {
  name: "import",
  title: "Imported file",
  meetings: "by_gap",
  // An e-mail address.
  userIdsLast: true,
  silenceMs: 12 * 3_600_000,
  givesUpAfter: null,
  paths: [],
  secret: hmacKey(),
  observerReasons: {},
  connect: null,
  api: null,
  webhookMaker: null,
  habits: null,
  // Its lines have no fields of one meaning: the columns are whatever the file has.
  bodyFields: null,
  challenge: () => null,
  verify,
  read,
  sign,
  // A line of a file is made from a row, not from an event.
  speak: () => null,
  digress: () => null,
  acts: {},
};
