import type { MeetingEvent } from "#domain/event.ts";
import type { EmittedBody } from "#server/simulate/bodies/emission.ts";

/** What a body tells. */
export interface BodyEvent {
  body: EmittedBody;
  event: MeetingEvent;
}
