import { z } from "zod";
import type { Orm } from "#db/sql/orm.ts";
import type { Sql } from "./client.ts";
import { notify } from "./notify.ts";
import type { Transaction } from "./session.ts";

/*
 * The database is the bus: one channel, received by every process, and only if the batch committed. A
 * notification carries ids and numbers only; a listener reads the rest.
 */

const CHANNEL = "rollcall";
/** PostgreSQL refuses a payload of 8,000 bytes. */
const ENTRIES_PER_PAYLOAD = 100;

/** A meeting has events `from`…`to`, or (`from` beyond `to`) only changed as a whole. */
export interface MeetingChange {
  id: string;
  from: number;
  to: number;
}

export interface ChangedNotification {
  changes: MeetingChange[];
  /** Something was removed whole, of which no entry can be given: every listener reads again. */
  isGone: boolean;
  merged: { from: string; into: string }[];
  /** Which sources are refused may have changed. */
  refusals: boolean;
  /** Alerts, or what they follow from besides meetings, may have changed. */
  alerts: boolean;
  /** What is said of rooms changed: what those who wait are told of one, or the groups of all. */
  house: "told" | "groups" | null;
  /** What was asked of providers changed. */
  acts: boolean;
}

const payloadSchema = z.object({
  b: z.array(z.tuple([z.string(), z.number(), z.number()])),
  m: z.array(z.tuple([z.string(), z.string()])),
  r: z.literal(1).optional(),
  gone: z.boolean().optional(),
  a: z.literal(1).optional(),
  h: z.enum(["told", "groups"]).optional(),
  p: z.literal(1).optional(),
});

interface Changed {
  meetings: readonly { id: string; seq: number }[];
  appended: readonly { meetingId: string; seq: number }[];
  refiled: readonly { meetingId: string; seq: number }[];
  merged: readonly { from: string; into: string }[];
}

/** Notifies the bus of a batch, when it commits. */
export async function notifyChanged(tx: Transaction, change: Changed): Promise<void> {
  const from = new Map(change.meetings.map(({ id, seq }) => [id, seq + 1]));
  for (const { meetingId, seq } of [...change.appended, ...change.refiled]) {
    from.set(meetingId, Math.min(from.get(meetingId) ?? seq, seq));
  }
  const entries = change.meetings.map(({ id, seq }) => [id, from.get(id) ?? seq + 1, seq]);
  const merged = change.merged.map((move) => [move.from, move.into]);
  const payloads: string[] = [];
  while (entries.length > 0 || merged.length > 0) {
    const b = entries.splice(0, ENTRIES_PER_PAYLOAD);
    const m = merged.splice(0, b.length === 0 ? ENTRIES_PER_PAYLOAD / 2 : 0);
    payloads.push(JSON.stringify({ b, m }));
  }
  if (payloads.length > 0) await notify(tx, CHANNEL, payloads);
}

/** Notifies the bus, when the transaction commits, that refusals are to be read again. */
export async function notifyRefusals(tx: Pick<Orm, "select">): Promise<void> {
  await notify(tx, CHANNEL, [JSON.stringify({ b: [], m: [], r: 1 })]);
}

/** Notifies the bus, when the transaction commits, that alerts or their rules changed. */
export async function notifyAlerts(tx: Pick<Orm, "select">): Promise<void> {
  await notify(tx, CHANNEL, [JSON.stringify({ b: [], m: [], a: 1 })]);
}

/** Notifies the bus, when the transaction commits, that something else is said of rooms. */
export async function notifyHouse(
  tx: Pick<Orm, "select">,
  house: "told" | "groups",
): Promise<void> {
  await notify(tx, CHANNEL, [JSON.stringify({ b: [], m: [], h: house })]);
}

/** Notifies the bus, when the transaction commits, that something was asked of a provider, or failed there. */
export async function notifyActs(tx: Pick<Orm, "select">): Promise<void> {
  await notify(tx, CHANNEL, [JSON.stringify({ b: [], m: [], p: 1 })]);
}

/** Notifies the bus, when the transaction commits, that something was removed whole. */
export async function notifyGone(tx: Pick<Transaction, "select">): Promise<void> {
  await notify(tx, CHANNEL, [JSON.stringify({ b: [], m: [], gone: true })]);
}

/**
 * Receives every notification from now on. `lost` is called when the connection dropped and is back: what was
 * sent in between is missing. Resolves when listening; the function it answers stops it.
 */
export async function listen(
  client: Sql,
  receive: (notification: ChangedNotification) => void,
  lost: () => void,
): Promise<() => Promise<void>> {
  let times = 0;
  const { unlisten } = await client.listen(
    CHANNEL,
    (payload) => {
      const parsed = payloadSchema.safeParse(JSON.parse(payload));
      if (!parsed.success) return;
      receive({
        changes: parsed.data.b.map(([id, from, to]) => ({ id, from, to })),
        merged: parsed.data.m.map(([from, into]) => ({ from, into })),
        refusals: parsed.data.r === 1,
        isGone: parsed.data.gone === true,
        alerts: parsed.data.a === 1,
        house: parsed.data.h ?? null,
        acts: parsed.data.p === 1,
      });
    },
    () => {
      times += 1;
      if (times > 1) lost();
    },
  );
  return unlisten;
}
