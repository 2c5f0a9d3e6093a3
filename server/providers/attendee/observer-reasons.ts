import type { ProviderWords } from "#domain/sources/provider-words.ts";

/** Why a bot was not admitted, or is gone: by the sub-type of the event, and by its type where there is none. */
export const observerReasons: ProviderWords["observerReasons"] = {
  request_to_join_denied: "its request to join was denied",
  waiting_room_timeout_exceeded: "nobody let it in from the waiting room in time",
  meeting_not_started_waiting_for_host: "the host had not started the meeting",
  meeting_not_found: "there was no such meeting",
  login_required: "the meeting is for those who are signed in",
  bot_login_attempt_failed: "it could not sign in",
  zoom_authorization_failed: "Zoom refused its credentials",
  zoom_meeting_status_failed: "Zoom refused the meeting",
  zoom_sdk_internal_error: "Zoom's software failed",
  zoom_app_cannot_join_anonymously: "Zoom does not let this app join without a name of its own",
  unpublished_zoom_app: "its Zoom app is not published, and the meeting is somebody else's",
  unable_to_connect_to_meeting: "it could not connect to the meeting",
  authorized_user_not_in_meeting_timeout_exceeded:
    "whoever it joins for was not in the meeting in time",
  blocked_by_captcha: "it was asked to prove that it is human",
  process_terminated: "its process was ended",
  rtmp_connection_failed: "it could not stream",
  ui_element_not_found: "it did not find its way in the meeting's window",
  heartbeat_timeout: "nothing more was heard of it",
  bot_not_launched: "it was never launched",
  out_of_credits: "it had no credits left",
  attendee_internal_error: "Attendee failed",
  global_runtime_timeout: "it ran for as long as it may",
  could_not_join_meeting: "it could not join",
  fatal_error: "it failed",
  left_meeting: "it was told to leave",
  meeting_ended: "the meeting ended, or it was put out",
  post_processing_completed: "it was wound up",
  app_session_disconnected: "it was disconnected",
};
