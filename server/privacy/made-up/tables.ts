import { parse as parseArray } from "postgres-array";
import { z } from "zod";
import { meetings } from "#db/schema/projected.ts";
import { nameOf } from "#db/sql/table-columns.ts";
import { LEFT_COUNTS } from "#domain/meetings/left-counts.ts";
import { provider as providerNamed } from "#server/providers/providers.ts";
import { madeUpBody } from "./bodies.ts";
import { madeUpData } from "./event-data.ts";
import type { MadeUp } from "./made-up.ts";
import type { WrittenRow } from "./rows.ts";

/** What the making up of rows needs, and finds. */
export interface Making {
  madeUp: MadeUp;
  /** The provider of each source, by its real id. */
  providers: ReadonlyMap<string, string>;
  /** When it is made: the past is projected again from then on. */
  at: number;
  counts: { bodies: number; bodiesLeftOut: number };
}

/** What becomes of a column: it is kept, or the function says; what is not listed is `null`. */
type Column = "keep" | ((value: string, making: Making, row: WrittenRow) => string | null);

interface ExportedTable {
  columns: Readonly<Record<string, Column>>;
  /** Columns that follow from the whole row. */
  also?: readonly string[];
  whole?: (row: WrittenRow, made: WrittenRow, making: Making) => WrittenRow;
}

const uuid: Column = (value, { madeUp }) => madeUp.uuid(value);
const digest: Column = (value, { madeUp }) => madeUp.digest(value);
const id: Column = (value, { madeUp }) => madeUp.id(value);
const text: Column = (value, { madeUp }) => madeUp.text(value);
const record = z.record(z.string(), z.unknown());

/**
 * The tables of the file: what was received and what was read from it. What follows from that is projected again after
 * it is restored, and all else of an installation is not in it.
 */
export const EXPORTED: Readonly<Record<string, ExportedTable>> = {
  installation: { columns: { only: "keep", time_zone: "keep" } },
  sources: {
    columns: {
      ...{ id: uuid, provider: "keep", name: text, is_demo: "keep", empty_gap_ms: "keep" },
      ...{ joins_bots: "keep", grace_ms: "keep", created_at: "keep", pinged_at: "keep" },
      note_takers: (value, { madeUp }) => {
        return arrayOf(parseArray(value).map((phrase) => madeUp.phrase(phrase)));
      },
      room_titles: (value, { madeUp }) => {
        const rules = z.array(z.record(z.string(), z.string())).parse(JSON.parse(value));
        const made = rules.map((rule) =>
          Object.entries(rule).map(([field, own]) => [field, madeUp.text(own)]),
        );
        return JSON.stringify(made.map((rule) => Object.fromEntries(rule)));
      },
    },
    also: ["untold_since"],
    // Nothing is sent to it, and its past is projected as soon as a server runs on it.
    whole: (_, made, { at }) => ({ ...made, untold_since: String(at) }),
  },
  rooms: {
    columns: {
      ...{ id: "keep", source_id: uuid, key: text, title: text, given_title: text },
      ...{ reported_title: text, titled_at: "keep", current_meeting_id: uuid },
      ...{ unresolved_until: "keep", lost_until: "keep", erased_at: "keep" },
      ...{ place: text, joined_to: "keep", is_unsettled: "keep" },
    },
  },
  meetings: {
    columns: {
      ...{ id: uuid, room_id: "keep", source_id: uuid, seq: "keep", status: "keep" },
      ...{ started_at: "keep", ended_at: "keep", ended_by: "keep", provider_started_at: "keep" },
      provider_ids: (value, { madeUp }) => arrayOf(parseArray(value).map((one) => madeUp.id(one))),
      ...{ provider_ended_at: "keep", observed: "keep", observed_from: "keep" },
      ...{ present_count: "keep", waiting_count: "keep", people_count: "keep" },
      ...{ note_taker_count: "keep", note_takers_in: "keep", note_takers_out_at: "keep" },
      ...Object.fromEntries(LEFT_COUNTS.map(({ name }) => [nameOf(meetings[name]), "keep"])),
      ...{ peak_count: "keep", peak_at: "keep", first_at: "keep", first_joined_at: "keep" },
      ...{ last_out_at: "keep", tip_at: "keep", stale_at: "keep", overtaken_at: "keep" },
      observer: (value, { madeUp }) => {
        const observer = record.parse(JSON.parse(value));
        return JSON.stringify({ ...observer, ...madeUpData(observer, madeUp) });
      },
      ...{ whole: "keep", erased_at: "keep", merged_into: uuid },
    },
  },
  events: {
    columns: {
      ...{ meeting_id: uuid, seq: "keep", type: "keep", at: "keep", participant_id: id },
      data: (value, { madeUp }) =>
        JSON.stringify(madeUpData(record.parse(JSON.parse(value)), madeUp)),
      delivery_id: "keep",
    },
  },
  deliveries: {
    columns: {
      ...{ id: "keep", source_id: uuid, room: text, received_at: "keep", status: "keep" },
      ...{ repeats: "keep", kept_ms: "keep", is_reconciled: "keep" },
    },
    also: ["type", "body"],
    whole(row, made, making) {
      const { providers, madeUp, counts } = making;
      const raw = Buffer.from((row["body"] ?? "\\x").slice(2), "hex");
      const own = providerNamed(providers.get(row["source_id"] ?? "") ?? "");
      const body = own && madeUpBody(own, raw, madeUp);
      if (body === null) {
        if (raw.length > 0) counts.bodiesLeftOut += 1;
        return { ...made, body: "\\x" };
      }
      counts.bodies += 1;
      const { type } = body.reading;
      return { ...made, type, body: `\\x${body.body.toString("hex")}` };
    },
  },
  // Read again, a delivery has the keys of its body.
  delivery_keys: {
    columns: { source_id: uuid, delivery_id: "keep", key: digest, occurrence: digest },
  },
  unprojected: {
    columns: { delivery_id: "keep", source_id: uuid, room: text, stopped_by: () => null },
  },
};

function arrayOf(values: readonly string[]): string {
  const quoted = values.map((value) => `"${value.replace(/["\\]/g, (sign) => `\\${sign}`)}"`);
  return `{${quoted.join(",")}}`;
}
