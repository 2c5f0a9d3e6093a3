/** A refusal or failure: its status, and when it is answered. */
interface Failure {
  status: number;
  when: string;
}

/** What any address may answer. */
const ANYWHERE = {
  unknown_parameter: {
    status: 400,
    when: "the address takes no such parameter; the message names it and the most similar known one",
  },
  repeated_parameter: {
    status: 400,
    when: "a parameter is there more than once; only `id` of deliveries may be",
  },
  bad_address: {
    status: 400,
    when: "the address is invalid or ambiguous: dotted or empty parts, a backslash, a broken escape, a NUL in the query",
  },
  bad_host: { status: 400, when: "the `Host` is invalid or ambiguous" },
  bad_value: { status: 400, when: "a value that cannot be looked up" },
  body_cut: { status: 400, when: "a body that was not sent to its end" },
  unauthorized: { status: 401, when: "there is no key, or it is wrong" },
  forbidden: {
    status: 403,
    when: "the key was made without the scope that this needs, no key may do it, or the role of who signed in does not allow it",
  },
  cross_site: {
    status: 403,
    when: "a page of another site sent something that changes anything, without a key",
  },
  not_found: {
    status: 404,
    when: "there is no such thing, or nothing at such an address",
  },
  method_not_allowed: {
    status: 405,
    when: "the address does not take this method; `Allow` lists those it takes",
  },
  body_too_slow: { status: 408, when: "a body took longer than 15 s, a file longer than 5 min" },
  body_too_large: { status: 413, when: "a request may have 1 MiB, an imported file 32 MiB" },
  unknown_host: {
    status: 421,
    when: "the `Host` is no name of this server: set `ROLLCALL_URL` to the address that is used",
  },
  internal: { status: 500, when: "a fault of Rollcall itself, which is in its log" },
  unreadable_event: {
    status: 500,
    when: "what is asked for has an event that cannot be read, as one of a later version",
  },
  bad_idempotency_key: {
    status: 400,
    when: "an `Idempotency-Key` that is longer than 255 characters, or has others than visible ones of ASCII",
  },
  request_under_way: {
    status: 409,
    when: "a request with the same `Idempotency-Key` is being done: ask again for its answer",
  },
  idempotency_key_reused: {
    status: 422,
    when: "the `Idempotency-Key` came within a day with another request: a method, an address or a body",
  },
  too_many_requests: {
    status: 429,
    when: "the key sent as many requests as it may in a minute; `Retry-After` says when to try again",
  },
  too_many_attempts: {
    status: 429,
    when: "signing in failed too often, from there or for that account, or links that do not exist were opened too often from there; `Retry-After` says when to try again",
  },
  unavailable: {
    status: 503,
    when: "the database did not answer within 10 s; `Retry-After` says when to try again",
  },
  overloaded: {
    status: 503,
    when: "more is being sent at once than fits into memory (64 MiB); `Retry-After` says when to try again",
  },
} as const satisfies Record<string, Failure>;

const BODY = "the body cannot be used";

/** What only those addresses answer that name it. */
const NAMED = {
  bad_ruling: { status: 400, when: BODY },
  bad_link: { status: 400, when: BODY },
  bad_pair: { status: 400, when: BODY },
  bad_schedule: { status: 400, when: BODY },
  bad_calendar_events: { status: 400, when: BODY },
  bad_import: { status: 400, when: BODY },
  bad_statement: { status: 400, when: BODY },
  bad_check: { status: 400, when: BODY },
  bad_key: { status: 400, when: BODY },
  bad_api_address: {
    status: 400,
    when: "nothing may be sent to that address, or nobody else runs that provider",
  },
  bad_source: { status: 400, when: BODY },
  bad_secret: { status: 400, when: BODY },
  bad_webhook: { status: 400, when: BODY },
  bad_title: { status: 400, when: BODY },
  bad_settings: { status: 400, when: BODY },
  bad_installation: { status: 400, when: BODY },
  bad_removal: { status: 400, when: BODY },
  bad_erasure: { status: 400, when: BODY },
  bad_replay: { status: 400, when: BODY },
  bad_endpoint: { status: 400, when: BODY },
  bad_member: { status: 400, when: BODY },
  bad_share: { status: 400, when: BODY },
  bad_alert_rule: { status: 400, when: BODY },
  bad_alert_channel: { status: 400, when: BODY },
  bad_acknowledgement: { status: 400, when: BODY },
  bad_act: { status: 400, when: BODY },
  bad_device: { status: 400, when: BODY },
  bad_handling: { status: 400, when: BODY },
  bad_group: { status: 400, when: BODY },
  bad_message: { status: 400, when: BODY },
  bad_page_error: { status: 400, when: BODY },
  bad_password: {
    status: 400,
    when: "a new password is too short, too long or too easy to guess, or the present one is wrong",
  },
  too_many_meetings: { status: 400, when: "a statement over more than 500 meetings" },
  already_joined: {
    status: 409,
    when: "the two people are joined by the same correction already",
  },
  already_claimed: {
    status: 409,
    when: "somebody else looks after the wait; the message says who, and since when",
  },
  not_to_be_handled: {
    status: 409,
    when: "a wait of somebody who was admitted is looked after by nobody, and whoever still waits is not followed up",
  },
  already_apart: {
    status: 409,
    when: "a correction already states that the two people are not the same",
  },
  deliveries_dropped: {
    status: 409,
    when: "an import cannot be taken back, because the month in which it was made was dropped",
  },
  email_taken: { status: 409, when: "somebody with this e-mail address is a member already" },
  last_owner: {
    status: 409,
    when: "nobody would be left who may everything: make somebody else an owner first",
  },
  owned_already: { status: 409, when: "there is an owner already, who invites others" },
  replay_under_way: { status: 409, when: "deliveries are being projected again already" },
  not_signable: {
    status: 409,
    when: "a delivery that cannot be signed again: its body is no text or no longer kept, or its source has no secret",
  },
  endpoint_paused: {
    status: 409,
    when: "nothing is sent to a paused endpoint: let it go on first",
  },
  erased: { status: 409, when: "the names of the roster were erased" },
  meeting_going_on: { status: 409, when: "a statement of a meeting that has not ended" },
  erasure_going_on: { status: 409, when: "somebody else is being erased" },
  name_differs: { status: 409, when: "a person is to be erased, and another name was typed" },
  not_to_be_said: {
    status: 409,
    when: "a correction that cannot be entered: meetings that cannot be joined or parted so, or nobody is in or waiting; the message gives the reason",
  },
  read_otherwise: {
    status: 409,
    when: "the very same file is imported already, read in another way",
  },
  no_address: {
    status: 409,
    when: "providers cannot send here as long as `ROLLCALL_URL` is not set",
  },
  no_api: {
    status: 409,
    when: "nothing is asked of that provider, its API does no such thing, or the source keeps no key of it",
  },
  nobody_there: { status: 409, when: "whom it is about is not in that meeting now" },
  other_name: { status: 409, when: "the name that was typed is not that of the source" },
  being_deleted: { status: 409, when: "the source is being deleted" },
  set_by_variable: { status: 409, when: "the variable `ROLLCALL_TIME_ZONE` sets the zone" },
  several_of_that_name: {
    status: 409,
    when: "a statement about a guest who was not the only one of that name",
  },
  dropped: { status: 410, when: "the deliveries of that month were dropped" },
  link_over: {
    status: 410,
    when: "the link was used, is too old, or was replaced by a newer one",
  },
  provider_key_refused: { status: 422, when: "the provider does not accept the key" },
  provider_refused: { status: 422, when: "the provider refused it; the message says why" },
  provider_busy: { status: 422, when: "the provider asks for patience: try again in a minute" },
  provider_away: { status: 422, when: "the provider was not reached, or failed itself" },
  not_understood: {
    status: 422,
    when: "an imported file is no attendance file, or needs an answer that it does not give: `details`",
  },
  too_many_together: {
    status: 422,
    when: "two people were at more meetings together than are compared",
  },
} as const satisfies Record<string, Failure>;

/** Every failure by its code. `bad_<name>` for a parameter that cannot be used is not among them. */
export const FAILURES: Readonly<Record<FailureCode, Failure>> = { ...ANYWHERE, ...NAMED };

/** The failures that an endpoint names. */
export type NamedFailure = keyof typeof NAMED | "not_found";
export type FailureCode = keyof typeof ANYWHERE | keyof typeof NAMED;

/** Whether any address may answer so. */
export function isAnywhere(code: string): boolean {
  return code in ANYWHERE && code !== "not_found";
}
