import type { EventData, Recorded } from "#domain/event/recorded.ts";
import { ANCHORS } from "#domain/event/table.ts";
import type { MeetingFacts } from "#domain/meeting/meeting-facts.ts";
import { fromWireTime, toWireTime } from "#domain/time/wire-time.ts";

/**
 * The facts of a meeting as its page carries them. A page embeds them as text within text, where every
 * quote costs, and the server has to parse them again to render: so the events are one string, mostly
 * numbers, and a fifth of the size.
 */
export interface PackedFacts extends Omit<MeetingFacts, "events"> {
  events: string;
}

export function packFacts(facts: MeetingFacts): PackedFacts {
  return { ...facts, events: packRecords(facts.events) };
}

/** Unpacks exactly what was packed. */
export function unpackFacts(packed: PackedFacts): MeetingFacts {
  return { ...packed, events: unpackRecords(packed.events) };
}

/** The prefix, in a shape, of a time that is stored as the difference to the event's own. */
const BEFORE = "-";

/**
 * The packed form is `words`, each string once, and `cells`. Each record has six cells and one for each
 * other field: its shape (its type and field names); its time, seq and delivery as differences to the
 * previous ones; and the index of its person, participant and the rest among the words.
 */
function packRecords(records: readonly Recorded[]): string {
  const indexes = new Map<unknown, number>();
  const indexOf = (word: unknown): number => {
    const index = indexes.get(word) ?? indexes.size;
    indexes.set(word, index);
    return index;
  };
  const cells: (number | string | null)[] = [];
  let [lastAt, lastSeq, lastDelivery] = [0, 0, 0];
  for (const { seq, type, at: time, person_id, participant_id, data, delivery_id } of records) {
    const at = fromWireTime(time);
    const delivery = Number(delivery_id);
    const isCounted = String(delivery) === delivery_id;
    let shape: string = type;
    const carried: number[] = [];
    for (const [key, value] of Object.entries(data)) {
      const isAnchor = ANCHORS.has(key) && typeof value === "string";
      shape += isAnchor ? ` ${BEFORE}${key}` : ` ${key}`;
      carried.push(isAnchor ? at - fromWireTime(value) : indexOf(value));
    }
    cells.push(indexOf(shape), at - lastAt, seq - lastSeq);
    cells.push(isCounted ? delivery - lastDelivery : delivery_id);
    cells.push(indexOf(person_id), indexOf(participant_id), ...carried);
    [lastAt, lastSeq, lastDelivery] = [at, seq, isCounted ? delivery : lastDelivery];
  }
  return JSON.stringify({ words: [...indexes.keys()], cells });
}

/** What a record is, and the fields it has in their order; an anchor is stored as a difference. */
interface Shape {
  type: Recorded["type"];
  fields: { name: string; isAnchor: boolean }[];
}

function fieldOf(key: string): Shape["fields"][number] {
  const isAnchor = key.startsWith(BEFORE);
  return { name: isAnchor ? key.slice(BEFORE.length) : key, isAnchor };
}

function unpackRecords(text: string): Recorded[] {
  const { words, cells } = JSON.parse(text);
  const records: Recorded[] = [];
  const shapes = new Map<number, Shape>();
  const shapeAt = (index: number): Shape => {
    const existing = shapes.get(index);
    if (existing !== undefined) return existing;
    const [type, ...keys] = words[index].split(" ");
    const shape = { type, fields: keys.map(fieldOf) };
    shapes.set(index, shape);
    return shape;
  };
  let [at, seq, delivery, next] = [0, 0, 0, 0];
  const cell = () => {
    next += 1;
    return cells[next - 1];
  };
  while (next < cells.length) {
    const { type, fields } = shapeAt(cell());
    at += cell();
    seq += cell();
    const counted = cell();
    if (typeof counted === "number") delivery += counted;
    const person_id = words[cell()];
    const participant_id = words[cell()];
    const data: EventData & Record<string, unknown> = {};
    for (const { name, isAnchor } of fields) {
      data[name] = isAnchor ? toWireTime(at - cell()) : words[cell()];
    }
    const delivery_id = typeof counted === "number" ? String(delivery) : counted;
    records.push({ seq, type, at: toWireTime(at), person_id, participant_id, data, delivery_id });
  }
  return records;
}
