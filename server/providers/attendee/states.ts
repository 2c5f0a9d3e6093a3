import type { BotChange } from "./listed.ts";

/** To which state each change leads, as Attendee's own machine has it; those that lead back to where it was are left out. */
const LEADS_TO: Readonly<Record<string, string>> = {
  staged: "staged",
  join_requested: "joining",
  put_in_waiting_room: "waiting_room",
  joined_meeting: "joined_not_recording",
  recording_permission_granted: "joined_recording",
  recording_permission_denied: "joined_recording_permission_denied",
  recording_paused: "joined_recording_paused",
  recording_resumed: "joined_recording",
  began_joining_breakout_room: "joining_breakout_room",
  began_leaving_breakout_room: "leaving_breakout_room",
  leave_requested: "leaving",
  left_meeting: "post_processing",
  meeting_ended: "post_processing",
  post_processing_completed: "ended",
  could_not_join_meeting: "fatal_error",
  fatal_error: "fatal_error",
  data_deleted: "data_deleted",
  app_session_connection_requested: "connecting",
  app_session_connected: "connected",
  app_session_disconnect_requested: "disconnecting",
  app_session_disconnected: "ended",
};

/** A change with the states before and after it, which a webhook has and the API leaves out. */
export interface StatedChange extends BotChange {
  oldState: string;
  newState: string;
}

/** The changes of a bot, in order, each with its states. */
export function statedChanges(changes: readonly BotChange[]): StatedChange[] {
  let state = "ready";
  /** Where a bot was in the meeting, to which it returns from a breakout room. */
  let inside = "joined_not_recording";
  return changes
    .toSorted((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at))
    .map((change) => {
      const isBack = /^(joined|left)_breakout_room$/.test(change.type);
      const newState = isBack ? inside : (LEADS_TO[change.type] ?? state);
      const stated = { ...change, oldState: state, newState };
      state = newState;
      if (state.startsWith("joined_")) inside = state;
      return stated;
    });
}
