import type { Provider } from "#server/providers/contract/contract.ts";
import { hmacKey } from "#server/providers/contract/secret.ts";
import { admitAll } from "./acts.ts";
import { calendar } from "./calendar.ts";
import { catchUp } from "./catch-up.ts";
import { observerReasons } from "./observer-reasons.ts";
import { sign } from "./sign.ts";
import { digress, speak } from "./speak.ts";
import { read } from "./translate.ts";
import { verify } from "./verify.ts";
import { wordsIn } from "./words-in.ts";

const HOUR = 3_600_000;

/**
 * Attendee bots on Zoom, Meet and Teams: one bot is one meeting.
 * A bot can hang without reporting it, and a lost last delivery is never sent again: so silence ends its stay.
 * Zoom gives the same user id to different people in different meetings, the others give none.
 */
export const attendee: Provider<"attendee"> = {
  name: "attendee",
  title: "Attendee",
  meetings: "one_per_room",
  userIdsLast: false,
  silenceMs: 12 * HOUR,
  givesUpAfter: null,
  paths: [],
  secret: hmacKey(),
  observerReasons,
  connect: {
    steps: [
      {
        text: "Open the project's settings under Webhooks. A project without a webhook shows no secret yet: make one with any address, copy the secret (Copy Secret), and delete it again.",
      },
      { text: "Create a webhook to this address.", call: "{url}" },
      {
        text: "Choose the triggers participant_events.join_leave and bot.state_change.",
        note: "A bot that is created with webhooks of its own sends nothing to those of the project: add the same address to the bot. A title in the bot's metadata is shown in place of its id.",
      },
    ],
    senders: "Attendee",
    roomKey: "the ID of the Attendee bot",
    addCommand:
      "npm run rollcall -- source add --provider attendee --name Sales --secret <their secret>",
    secretNote: "Attendee signs with a secret of its own, shown in the project’s webhook settings.",
    switchOn: null,
    secretName: "webhook secret",
    secretMadeBy: "provider",
    secretShown:
      "one for each project, and shows it in the project's settings under Webhooks (Copy Secret), " +
      "once the project has a webhook",
    pings: false,
    apiKey: { name: "Attendee API key", shown: "in the project's settings under API Keys" },
  },
  api: {
    ...{ url: "https://app.attendee.dev/api/v1", isRunByOthers: true },
    ...{ scheme: "Token", wordsIn },
  },
  webhookMaker: null,
  habits: {
    ping: null,
    silentAdmissions: 0,
    newConnections: 0,
    endsAfterMs: 0,
    observer: {
      // A bot that is told to leave was inside, and its state does not show it.
      told: { reason: "left_meeting" },
      ended: { reason: "meeting_ended", outside: false },
      failed: { reason: "fatal_error/attendee_internal_error", outside: false },
      woundUp: { reason: "post_processing_completed" },
    },
  },
  bodyFields: {
    ...{ idempotency_key: "id", trigger: "plain", bot_id: "text", app_session_id: "text" },
    ...{ bot_metadata: "inside", app_session_metadata: "inside", data: "inside", id: "id" },
    ...{ title: "text", meeting_title: "text", meeting_name: "text", name: "text" },
    ...{
      meeting_url: "text",
      subject: "text",
      event_type: "plain",
      event_sub_type: "plain",
      old_state: "plain",
    },
    ...{ new_state: "plain", created_at: "plain", timestamp_ms: "plain" },
    ...{ participant_uuid: "id", participant_user_uuid: "id", participant_name: "name" },
    ...{ participant_is_host: "plain", event_metadata: "inside", event_data: "inside" },
    ...{ remover_name: "name", remover_uuid: "id", remover_user_uuid: "id" },
  },
  challenge: () => null,
  verify,
  read,
  sign,
  speak,
  digress,
  catchUp,
  calendar,
  acts: { admit_all: admitAll },
};
