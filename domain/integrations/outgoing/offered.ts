import type { Signing, Trigger } from "./endpoint.ts";

/** Triggers that have their payload in common, as a form offers them. */
export interface OfferedTriggers {
  /** In whose payload they are told; `standard` is our own. */
  payload: Signing;
  triggers: readonly { trigger: Trigger; says: string }[];
}

export const OFFERED: readonly OfferedTriggers[] = [
  {
    payload: "daily",
    triggers: [
      { trigger: "participant.joined", says: "somebody joined" },
      { trigger: "participant.left", says: "somebody left" },
      { trigger: "waiting-participant.joined", says: "somebody waits" },
      { trigger: "waiting-participant.left", says: "somebody stopped waiting" },
      { trigger: "meeting.started", says: "a meeting began" },
      { trigger: "meeting.ended", says: "a meeting is over" },
    ],
  },
  {
    payload: "attendee",
    triggers: [
      { trigger: "participant_events.join_leave", says: "somebody joined or left" },
      { trigger: "participant_events.update", says: "a role or a name changed" },
    ],
  },
  {
    payload: "standard",
    triggers: [
      { trigger: "wait.admitted", says: "somebody who waited was let in" },
      { trigger: "host.changed", says: "others are host than before" },
      { trigger: "attendance.ready", says: "who attended, once it is final" },
      { trigger: "attendance.corrected", says: "it turned out otherwise" },
      { trigger: "no_show.host", says: "an expected host never came" },
      { trigger: "no_show.guest", says: "an expected guest never came" },
      { trigger: "alert.raised", says: "somebody is needed, by a rule" },
      { trigger: "alert.cleared", says: "nobody is any more" },
      { trigger: "meeting.merged", says: "two meetings were one" },
      { trigger: "endpoint.paused", says: "another webhook is paused" },
    ],
  },
];
