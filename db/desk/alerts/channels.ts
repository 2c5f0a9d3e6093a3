import { asc, eq, getTableColumns, ne, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { alertChannels, channelMessages } from "#db/schema/alerts.ts";
import { insertAll } from "#db/sql/batch.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { ChannelKind, ChannelNews } from "#domain/desk/alerts/channel.ts";
import { DEVICE } from "#domain/desk/alerts/pushed.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isUuid } from "#domain/uuid.ts";

/** A channel of whatever kind. */
export type StoredReceiver = typeof alertChannels.$inferSelect;
/** One of the whole installation. */
export type StoredChannel = StoredReceiver & { kind: ChannelKind };
export type NewChannel = Pick<
  StoredChannel,
  "kind" | "name" | "sealed" | "shown" | "initials" | "isOn" | "by"
>;

/** Every channel of the installation, oldest first. */
export async function listChannels(reader: Pick<Orm, "select">): Promise<StoredChannel[]> {
  const rows = await reader
    .select()
    .from(alertChannels)
    .where(ne(alertChannels.kind, DEVICE))
    .orderBy(asc(alertChannels.id));
  return rows.filter(isOfInstallation);
}

/** Whether it is one of the whole installation, and no device of somebody's. */
export function isOfInstallation(row: StoredReceiver): row is StoredChannel {
  return row.kind !== DEVICE;
}

/** One of these by its id; `null` where there is none. */
export async function channelById(
  reader: Pick<Orm, "select">,
  id: string,
): Promise<StoredChannel | null> {
  if (!isUuid(id)) return null;
  const [row] = await reader.select().from(alertChannels).where(eq(alertChannels.id, id));
  return row !== undefined && isOfInstallation(row) ? row : null;
}

/** Adds a channel. Returns its id. */
export async function addChannel(
  orm: Pick<Orm, "insert">,
  channel: NewChannel,
  now: Ms,
): Promise<string> {
  const id = uuid();
  await orm.insert(alertChannels).values({ id, ...channel, addedAt: now });
  return id;
}

export async function changeChannel(
  orm: Pick<Orm, "update">,
  id: string,
  changes: Partial<NewChannel>,
): Promise<void> {
  if (Object.keys(changes).length === 0) return;
  await orm.update(alertChannels).set(changes).where(eq(alertChannels.id, id));
}

/** Removes a channel with what was to be told there. */
export async function removeChannel(orm: Pick<Orm, "delete">, id: string): Promise<void> {
  await orm.delete(alertChannels).where(eq(alertChannels.id, id));
}

/** What of an alert channels are told. */
export interface ToldNews {
  alertId: string;
  news: ChannelNews;
}

/** Notes what every channel that is on is to be told, in this order; devices too. */
export async function tellChannels(tx: Orm, told: readonly ToldNews[], now: Ms): Promise<void> {
  if (told.length === 0) return;
  const channels = await tx
    .select({ id: alertChannels.id })
    .from(alertChannels)
    .where(eq(alertChannels.isOn, true))
    .orderBy(asc(alertChannels.id));
  const rows = told.flatMap(({ alertId, news }) =>
    channels.map(({ id }) => ({ channelId: id, alertId, news, madeAt: now, nextAt: now })),
  );
  await insertAll(tx, channelMessages, rows);
}

/** The first message of each channel, where it is due. */
export async function dueMessages(reader: Pick<Orm, "selectDistinctOn">, now: Ms) {
  const first = await reader
    .selectDistinctOn([channelMessages.channelId], {
      message: getTableColumns(channelMessages),
      channel: getTableColumns(alertChannels),
    })
    .from(channelMessages)
    .innerJoin(alertChannels, eq(alertChannels.id, channelMessages.channelId))
    .orderBy(channelMessages.channelId, channelMessages.number);
  return first.filter(({ message }) => message.nextAt <= now);
}

/** Whether anything is to be told any channel, and when the next of it is. */
export async function nextMessageAt(reader: Pick<Orm, "select">): Promise<Ms | null> {
  const [row] = await reader
    .select({ at: sql<Ms | null>`min(${channelMessages.nextAt})` })
    .from(channelMessages);
  return row?.at == null ? null : Number(row.at);
}

/** What came of sending something to a channel. */
export interface ChannelAttempt {
  triedAt: Ms;
  status: number | null;
  /** `null` where it was taken. */
  failure: string | null;
}

/** Notes an attempt with what follows from it: the message is gone, or tried again at a time. */
export async function noteChannelAttempt(
  orm: Pick<Orm, "transaction">,
  channelId: string,
  attempt: ChannelAttempt,
  message: { number: number; nextAt: Ms | null } | null,
): Promise<void> {
  await orm.transaction(async (tx) => {
    await tx.update(alertChannels).set(attempt).where(eq(alertChannels.id, channelId));
    if (message === null) return;
    const isIt = eq(channelMessages.number, message.number);
    if (message.nextAt === null) await tx.delete(channelMessages).where(isIt);
    else {
      await tx
        .update(channelMessages)
        .set({ nextAt: message.nextAt, attempts: sql`${channelMessages.attempts} + 1` })
        .where(isIt);
    }
  });
}
