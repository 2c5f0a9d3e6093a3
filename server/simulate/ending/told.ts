import type { MeetingEvent } from "#domain/event.ts";
import type { Body } from "#server/simulate/bodies/emission.ts";

/** What a body tells. */
export interface Told {
  body: Body;
  event: MeetingEvent;
}
