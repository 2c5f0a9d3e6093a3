import { and, asc, eq, isNull, type SQL } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { alertChannels } from "#db/schema/alerts.ts";
import { members } from "#db/schema/members.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Role } from "#domain/access/role.ts";
import type { Sight } from "#domain/access/sight.ts";
import { DEVICE } from "#domain/desk/alerts/pushed.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isUuid } from "#domain/uuid.ts";
import type { StoredReceiver } from "./channels.ts";

/** Whose devices: of a member, or of whoever is at this machine. */
export type DeviceOwner = string | null;

function areOf(memberId: DeviceOwner): SQL | undefined {
  const isOwn =
    memberId === null ? isNull(alertChannels.memberId) : eq(alertChannels.memberId, memberId);
  return and(eq(alertChannels.kind, DEVICE), isOwn);
}

/** Somebody's devices, oldest first. */
export function listDevices(
  reader: Pick<Orm, "select">,
  memberId: DeviceOwner,
): Promise<StoredReceiver[]> {
  return reader.select().from(alertChannels).where(areOf(memberId)).orderBy(asc(alertChannels.id));
}

/** Adds a device, or takes it over where it was added before: its browser is whoever's who uses it now. */
export async function addDevice(
  orm: Pick<Orm, "insert">,
  device: { memberId: DeviceOwner; mark: string; name: string; shown: string; by: string } & {
    sealed: StoredReceiver["sealed"];
  },
  now: Ms,
): Promise<string> {
  const row: Omit<StoredReceiver, "id"> = {
    ...{ kind: DEVICE, initials: false, isOn: true, addedAt: now, ...device },
    ...{ triedAt: null, status: null, failure: null },
  };
  const [added] = await orm
    .insert(alertChannels)
    .values({ id: uuid(), ...row })
    .onConflictDoUpdate({ target: alertChannels.mark, set: row })
    .returning({ id: alertChannels.id });
  if (added === undefined) throw new Error("the device was not added");
  return added.id;
}

/** Removes a device of somebody's. `null` where they have none of that id. */
export async function removeDevice(
  orm: Pick<Orm, "delete">,
  memberId: DeviceOwner,
  id: string,
): Promise<StoredReceiver | null> {
  if (!isUuid(id)) return null;
  const [gone] = await orm
    .delete(alertChannels)
    .where(and(areOf(memberId), eq(alertChannels.id, id)))
    .returning();
  return gone ?? null;
}

/** Removes every device of a member. */
export async function removeDevicesOf(orm: Pick<Orm, "delete">, memberId: string): Promise<void> {
  await orm.delete(alertChannels).where(areOf(memberId));
}

/** What a member may see and do now; `null` where they are none any more. */
export async function rightsOf(
  reader: Pick<Orm, "select">,
  memberId: string,
): Promise<{ role: Role; sight: Sight } | null> {
  const { role, sources, rooms, masked } = members;
  const [row] = await reader
    .select({ role, sources, rooms, masked })
    .from(members)
    .where(eq(members.id, memberId));
  if (row === undefined) return null;
  const { role: now, ...sight } = row;
  return { role: now, sight };
}
