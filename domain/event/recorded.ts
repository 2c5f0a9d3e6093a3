import type { WireTime } from "#domain/time/wire-time.ts";
import type { MeetingEvent, MeetingEventType } from "./event.ts";
import { type Field, required, text, time } from "./fields.ts";
import { type AnyField, fieldsOf, PARTICIPANT_EVENTS, type WireOf } from "./table.ts";

/** The greatest `seq` that can be recorded. */
export const MOST_SEQ = 2 ** 31 - 1;

/** One event as it was recorded in its meeting: `seq` 1, 2, 3… without holes. */
export interface Recorded {
  seq: number;
  type: MeetingEventType;
  at: WireTime;
  person_id: string | null;
  participant_id: string | null;
  data: EventData;
  /** `null` where the delivery is no longer stored. */
  delivery_id: string | null;
}

/** What an event carries besides its type, time and participant; absent and null mean the same. */
export type EventData = {
  [Name in AnyField["name"]]?: WireOf<Extract<AnyField, { name: Name }>>;
};

export interface WireSource {
  id: string;
  provider: string;
  name: string;
  /** Part of a demonstration: none of its people is real. */
  demo?: true;
}

/** A source as it is read, which may have more columns. */
export interface SourceRow {
  id: string;
  provider: string;
  name: string;
  demo?: boolean | null;
}

/** The public form of a source. */
export function wireSource({ id, provider, name, demo }: SourceRow): WireSource {
  return { id, provider, name, ...(demo === true && { demo }) };
}

/** One event on the wire, without its position in a meeting. */
export function toEventData(event: MeetingEvent): EventData {
  const data: EventData = {};
  for (const [key, field] of fieldsOf(event.type) ?? []) {
    if (field.presence === "unsaid") continue;
    const value: unknown = Reflect.get(event, key);
    if (value !== undefined) Object.assign(data, { [field.name]: field.write(value) });
  }
  return data;
}

/** An event that cannot be read: broken, or of a later version. It names the field on the wire. */
export class UnreadableEvent extends TypeError {
  override name = "UnreadableEvent";
  readonly field: string;

  constructor(type: string, field: string, isNot: string) {
    super(`an event of type ${type} cannot be read: its ${field} is not ${isNot}`);
    this.field = field;
  }
}

/**
 * A recorded event that cannot be read, and stops the projection of its room. `field` is what is wrong with it, as on
 * the wire: `type` where its type is unknown.
 */
export interface StoppingEvent {
  meetingId: string;
  seq: number;
  type: string;
  field: string;
}

/** The event in a record. Throws `UnreadableEvent` on one that the tables do not allow. */
export function toEvent(
  record: Pick<Recorded, "type" | "at" | "participant_id" | "data">,
): MeetingEvent {
  const { type, participant_id, data } = record;
  const fields = fieldsOf(type);
  if (fields === undefined) throw new UnreadableEvent(String(type), "type", "a known one");
  const carried: Record<string, unknown> = {};
  for (const [key, field] of fields) {
    const wire: unknown = Reflect.get(data, field.name);
    if (field.presence !== "optional" || wire != null) carried[key] = valueIn(type, field, wire);
  }
  const at = valueIn(type, AT, record.at);
  if (!(type in PARTICIPANT_EVENTS)) return ofTable({ type, at, ...carried });
  const participantId = valueIn(type, PARTICIPANT, participant_id);
  return ofTable({ type, at, participantId, ...carried });
}

/** The first record of a meeting that cannot be read; `null` where all can. */
export function firstUnreadable(
  meetingId: string,
  records: readonly Recorded[],
): StoppingEvent | null {
  for (const record of records) {
    try {
      toEvent(record);
    } catch (error) {
      if (!(error instanceof UnreadableEvent)) throw error;
      return { meetingId, seq: record.seq, type: record.type, field: error.field };
    }
  }
  return null;
}

const AT = required("at", time);
const PARTICIPANT = required("participant_id", text);

function valueIn(type: string, field: Field, wire: unknown): unknown {
  const value = field.read(wire);
  if (value === undefined) throw new UnreadableEvent(type, field.name, field.called);
  return value;
}

/** The tables are the type: what was read by them has it, which the compiler cannot follow. */
function ofTable(read: object): MeetingEvent {
  return Object.assign(read);
}
