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
    const shape: string[] = [type];
    const carried = Object.entries(data).map(([key, value]) => {
      const isAnchor = ANCHORS.has(key) && typeof value === "string";
      shape.push(isAnchor ? BEFORE + key : key);
      return isAnchor ? at - fromWireTime(value) : indexOf(value);
    });
    cells.push(indexOf(shape.join(" ")), at - lastAt, seq - lastSeq);
    cells.push(isCounted ? delivery - lastDelivery : delivery_id);
    cells.push(indexOf(person_id), indexOf(participant_id), ...carried);
    [lastAt, lastSeq, lastDelivery] = [at, seq, isCounted ? delivery : lastDelivery];
  }
  return JSON.stringify({ words: [...indexes.keys()], cells });
}

function unpackRecords(text: string): Recorded[] {
  const { words, cells } = JSON.parse(text);
  const records: Recorded[] = [];
  let [at, seq, delivery, next] = [0, 0, 0, 0];
  const cell = () => {
    next += 1;
    return cells[next - 1];
  };
  while (next < cells.length) {
    const [type, ...keys] = words[cell()].split(" ");
    at += cell();
    seq += cell();
    const counted = cell();
    if (typeof counted === "number") delivery += counted;
    const person_id = words[cell()];
    const participant_id = words[cell()];
    const data: EventData = {};
    for (const key of keys) {
      if (key.startsWith(BEFORE)) Object.assign(data, { [key.slice(1)]: toWireTime(at - cell()) });
      else Object.assign(data, { [key]: words[cell()] });
    }
    const delivery_id = typeof counted === "number" ? String(delivery) : counted;
    records.push({ seq, type, at: toWireTime(at), person_id, participant_id, data, delivery_id });
  }
  return records;
}
