import type { Provider } from "#server/providers/contract/contract.ts";
import { hmacKey } from "#server/providers/contract/secret.ts";
import { PREFIX, sign } from "./sign.ts";
import { speak } from "./speak.ts";
import { read } from "./translate.ts";
import { verify } from "./verify.ts";

const CALL = `SECRET='{secret}'
ID="msg_$(date +%s)$$" AT="$(date +%s)"
BODY='{"type":"participant.joined","room":{"key":"try","title":"Try"},"participant":{"id":"c-1","name":"Ada"},"at":"'"$(date -u +%Y-%m-%dT%H:%M:%SZ)"'"}'
KEY="$(printf %s "\${SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \\n')"
SIGNATURE="$(printf %s "$ID.$AT.$BODY" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | openssl base64 -A)"
curl '{url}' -H 'content-type: application/json' \\
  -H "webhook-id: $ID" -H "webhook-timestamp: $AT" \\
  -H "webhook-signature: v1,$SIGNATURE" -d "$BODY"`;

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
      {
        text: "Try it: this sends one event, in a POSIX shell with openssl and curl.",
        call: CALL,
      },
      {
        text: "Send each event as JSON to that address, signed by Standard Webhooks with that secret.",
        note: "docs/generic.md has the format of the events, and a sender to copy.",
      },
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
    pings: false,
    apiKey: null,
  },
  api: null,
  webhookMaker: null,
  habits: { ping: null, silentAdmissions: 0, newConnections: 0, endsAfterMs: 0, observer: null },
  bodyFields: {
    ...{ type: "plain", room: "inside", key: "text", title: "text", meeting_id: "id" },
    ...{ participant: "inside", id: "id", user_id: "id", name: "name", is_host: "plain" },
    ...{ at: "plain", joined_at: "plain", reason: "text" },
  },
  challenge: () => null,
  verify,
  read,
  sign,
  speak,
  digress: () => null,
  acts: {},
};
