export type { Recorded } from "#domain/event/recorded.ts";
export type { DeskDay, DeskLine, LostWait } from "#domain/live/desk-wire.ts";
export type {
  Happening,
  LiveMeeting,
  Today,
} from "#domain/live/wire.ts";
export type { WaitingNow } from "#domain/waits/handling-wire.ts";
export type * as api from "./api-types.ts";
export type { Desk, DeskHandlers, DeskOptions } from "./desk.ts";
export type { ChannelState, LiveChannel, LiveOptions } from "./live.ts";
export type { LivePageHandlers } from "./live-page.ts";
export type { MeetingHandlers } from "./meeting.ts";
export { type Options, Rollcall, RollcallError } from "./rollcall.ts";
export { type SignedWebhook, verifyWebhook, WebhookRefused } from "./webhooks.ts";
