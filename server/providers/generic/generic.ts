import type { Provider } from "#server/providers/contract/contract.ts";
import { hmacKey } from "#server/providers/contract/secret.ts";
import { PREFIX, sign } from "./sign.ts";
import { speak } from "./speak.ts";
import { read } from "./translate.ts";
import { verify } from "./verify.ts";

/** Rollcall's own events, for whatever no provider here knows: any program can send them (docs/generic.md). */
export const generic: Provider<"generic"> = {
  name: "generic",
  title: "Generic",
  meetings: "by_gap",
  userIdsLast: true,
  silenceMs: 12 * 3_600_000,
  givesUpAfter: null,
  paths: [],
  secret: hmacKey(PREFIX),
  observerReasons: {},
  connect: {
    steps: [
      "Send each event as JSON to the webhook path at your public address; docs/generic.md has the format and a sender.",
      "Sign each by Standard Webhooks, with the secret that source add prints.",
    ],
    senders: "your own programs",
    roomKey: "the key that your program gives the room",
    addCommand: "npm run rollcall -- source add --provider generic --name Chapel",
    secretNote:
      "Any other system can send events in Rollcall’s own format, which `docs/generic.md` describes.",
    switchOn: null,
    secretName: "signing secret",
    secretMadeBy: "us",
    secretShown: "given to the program that sends the events",
  },
  habits: { ping: null, silentAdmissions: 0, newConnections: 0, endsAfterMs: 0, observer: null },
  challenge: () => null,
  verify,
  read,
  sign,
  speak,
  digress: () => null,
};
