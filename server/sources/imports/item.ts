import type { DeliveryReading } from "#server/providers/contract/contract.ts";
import type { Remarked } from "#server/providers/import/remarks.ts";
import type { RoomNamedIn } from "./head.ts";

/** What one line of a file was read as. */
export type Item =
  | {
      kind: "told";
      line: number;
      roomFrom: RoomNamedIn["from"];
      body: string;
      reading: EventsReading;
      remarks: Remarked[];
    }
  | { kind: "refused"; line: number; reason: string }
  /** It may name a person, but no event follows from it. */
  | { kind: "left_out"; line: number; reason: string }
  /** A title, a heading, a line of a head. */
  | { kind: "skipped"; line: number };

type EventsReading = Extract<DeliveryReading, { kind: "events" }>;
export type ProjectedItem = Extract<Item, { kind: "told" }>;
