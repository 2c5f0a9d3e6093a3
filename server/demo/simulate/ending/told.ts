import type { MeetingEvent } from "#domain/event/event.ts";
import type { EmittedBody } from "#server/demo/simulate/bodies/emission.ts";

/** What a body tells. */
export interface BodyEvent {
  body: EmittedBody;
  event: MeetingEvent;
}
