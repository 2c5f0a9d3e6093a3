import type { MeetingEvent } from "#domain/event/event.ts";
import type { EmittedBody } from "#server/demo/simulate/bodies/emission.ts";

/** An event, and the body it was read from. */
export interface BodyEvent {
  body: EmittedBody;
  event: MeetingEvent;
}
