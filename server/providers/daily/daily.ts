import type { Provider } from "#server/providers/contract/contract.ts";
import { hmacKey } from "#server/providers/contract/secret.ts";
import { ejectFromRoom, openAsHost } from "./acts.ts";
import { catchUp } from "./catch-up.ts";
import { sign } from "./sign.ts";
import { digress, speak } from "./speak.ts";
import { read } from "./translate.ts";
import { isPing, PING, verify } from "./verify.ts";
import { EVENT_TYPES, makeWebhook, stateOfWebhook, wordsIn } from "./webhook.ts";

const CALL = `curl https://api.daily.co/v1/webhooks \\
  -H "Authorization: Bearer $DAILY_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{
    "url": "{url}",
    "hmac": "{secret}",
    "retryType": "exponential",
    "eventTypes": [
      ${EVENT_TYPES.map((type) => `"${type}"`).join(",\n      ")}
    ]
  }'`;

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
      {
        text: "Create the webhook with Daily's REST API. The call has this source's address and secret in it: put your Daily API key into DAILY_API_KEY, or into the call.",
        call: CALL,
        note: "Choose exponential: Daily then sends a failed delivery again for a while. Its default switches the whole webhook off after three failures in a row, and what happens until you notice is lost. Daily sends a test at once and expects an answer within seconds, by HTTP/1.1.",
      },
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
    pings: true,
    apiKey: {
      name: "Daily API key",
      shown: "in Daily's dashboard under Developers; a webhook needs a credit card in the account",
    },
  },
  api: { url: "https://api.daily.co/v1", scheme: "Bearer", wordsIn },
  webhookMaker: { make: makeWebhook, stateOf: stateOfWebhook },
  habits: {
    ping: PING,
    silentAdmissions: 0.6,
    // It mostly reuses the connection, but does not promise it.
    newConnections: 0.12,
    endsAfterMs: 20_500,
    observer: null,
  },
  bodyFields: {
    ...{ version: "plain", type: "plain", event_ts: "plain", payload: "inside", id: "id" },
    ...{ room: "text", session_id: "id", user_id: "id", user_name: "name", owner: "plain" },
    ...{ joined_at: "plain", duration: "plain", will_eject_at: "plain", meeting_id: "id" },
    ...{ start_ts: "plain", end_ts: "plain", networkQualityState: "plain", permissions: "inside" },
  },
  challenge: ({ raw }) => (isPing(raw) ? PONG : null),
  verify,
  read,
  sign,
  speak,
  digress,
  catchUp,
  acts: { open_as_host: openAsHost, eject: ejectFromRoom },
};
