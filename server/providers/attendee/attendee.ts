import type { Provider } from "#server/providers/contract/contract.ts";
import { hmacKey } from "#server/providers/contract/secret.ts";
import { observerReasons } from "./observer-reasons.ts";
import { sign } from "./sign.ts";
import { digress, speak } from "./speak.ts";
import { read } from "./translate.ts";
import { verify } from "./verify.ts";

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
      "Copy the secret from the project's settings under Webhooks; a project without a webhook shows none yet.",
      "Create a webhook to the webhook path at your public address.",
      "Choose the triggers participant_events.join_leave and bot.state_change.",
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
  },
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
  challenge: () => null,
  verify,
  read,
  sign,
  speak,
  digress,
};
