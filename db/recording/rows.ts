import type { deliveries, deliveryKeys, events } from "#db/schema/facts.ts";
import type { meetings } from "#db/schema/projected.ts";
import { isAboutParticipant } from "#domain/event/event.ts";
import { toEventData } from "#domain/event/recorded.ts";
import type { MeetingState, RecordedEvent } from "#domain/projection/state.ts";
import type { NewDelivery } from "./deliveries.ts";

/** Deliveries, events and meetings as rows of their tables. */

export function deliveryRow(
  delivery: NewDelivery & { id: number; repeats: number },
): typeof deliveries.$inferInsert {
  const { id, sourceId, room, receivedAt, status, type, reason, repeats, body } = delivery;
  return {
    ...{ id, sourceId, room, receivedAt: new Date(receivedAt), status, type, reason, repeats },
    body: Buffer.from(body.buffer, body.byteOffset, body.byteLength),
  };
}

export function deliveryKeyRow(
  delivery: NewDelivery & { id: number },
): typeof deliveryKeys.$inferInsert {
  const { sourceId, id, key, occurrence } = delivery;
  return { sourceId, deliveryId: id, key, occurrence };
}

export function eventRow(recorded: RecordedEvent): typeof events.$inferInsert {
  const { meetingId, seq, personId, deliveryId, event } = recorded;
  return {
    ...{ meetingId, seq, type: event.type, at: event.at },
    participantId: isAboutParticipant(event) ? event.participantId : null,
    ...{ personId, data: toEventData(event), deliveryId },
  };
}

export function meetingRow({ tally, ...meeting }: MeetingState): typeof meetings.$inferInsert {
  const { frame, noteTakers, peak, ...columns } = tally;
  const { startedAt, endedAt, ...others } = frame;
  return {
    ...{ ...meeting, ...columns, ...others },
    ...{ providerStartedAt: startedAt, providerEndedAt: endedAt },
    ...{ noteTakerCount: noteTakers.count, noteTakersIn: noteTakers.inCount },
    ...{
      noteTakersOutAt: noteTakers.outAt,
      peakCount: peak?.count ?? null,
      peakAt: peak?.at ?? null,
    },
  };
}
