import type { Provider } from "#server/providers/contract/contract.ts";
import { hmacKey } from "#server/providers/contract/secret.ts";
import { sign } from "./sign.ts";
import { digress, speak } from "./speak.ts";
import { read } from "./translate.ts";
import { isPing, PING, verify } from "./verify.ts";

/** What the ping asks is only whether it is answered 200. */
const PONG = { contentType: "application/json", body: '{"status":"ignored"}' };

/** Daily rooms: one room has many meetings, and every leave is reported, unless its delivery is lost. */
export const daily: Provider<"daily"> = {
  name: "daily",
  title: "Daily",
  meetings: "by_gap",
  userIdsLast: true,
  silenceMs: 12 * 3_600_000,
  // Unless its webhook was made with `exponential`, which no delivery shows.
  givesUpAfter: 3,
  paths: [],
  secret: hmacKey(),
  observerReasons: {},
  connect: {
    steps: [
      "Create a webhook with Daily's REST API (POST https://api.daily.co/v1/webhooks), with the webhook path at your public address as its url.",
      "Pass the secret as hmac, and exponential as retryType.",
      "List meeting.started, meeting.ended, participant.joined, participant.left, waiting-participant.joined and waiting-participant.left as eventTypes.",
    ],
    senders: "Daily",
    roomKey: "the Daily room",
    addCommand: "npm run rollcall -- source add --provider daily --name Clinic",
    secretNote: "For Daily it also prints a secret: make the webhook with that as its `hmac`.",
    switchOn:
      "look at it with GET https://api.daily.co/v1/webhooks: where its state is FAILED, a POST of its url to /v1/webhooks/{uuid} switches it on again",
    secretName: "hmac",
    secretMadeBy: "us",
    secretShown: "passed to Daily when the webhook is created",
  },
  habits: {
    ping: PING,
    silentAdmissions: 0.6,
    // It mostly reuses the connection, but does not promise it.
    newConnections: 0.12,
    endsAfterMs: 20_500,
    observer: null,
  },
  challenge: ({ raw }) => (isPing(raw) ? PONG : null),
  verify,
  read,
  sign,
  speak,
  digress,
};
