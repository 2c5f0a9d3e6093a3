import { hasOwner } from "#db/access/members.ts";
import { seeing } from "#db/access/sight/seeing.ts";
import { type Database, databaseIn } from "#db/connection/client.ts";
import { alertById } from "#db/desk/alerts/alerts.ts";
import type { ChannelAttempt, StoredReceiver } from "#db/desk/alerts/channels.ts";
import { rightsOf } from "#db/desk/alerts/devices.ts";
import { type Role, roleMay } from "#domain/access/role.ts";
import { isWhole, type Sight, WHOLE_SIGHT } from "#domain/access/sight.ts";
import { type ChannelNews, saidOf } from "#domain/desk/alerts/channel.ts";
import { pushedAlert } from "#domain/desk/alerts/pushed.ts";
import { wireAlert } from "#domain/integrations/outgoing/of-alert.ts";
import { isTaken } from "#domain/integrations/outgoing/pace.ts";
import type { Ms } from "#domain/time/ms.ts";
import { decrypt } from "#server/runtime/encryption.ts";
import type { Networks } from "#server/runtime/networks.ts";
import { isGone, push, subscriptionShape } from "./push.ts";

interface Sending {
  secret: string;
  allowed: Networks;
  publicUrl: string | null;
  withinMs: Ms;
}

/**
 * Pushes news of an alert to a device of somebody's, as far as they may see it now, with initials where they see these.
 * `untold`: it is nothing that they see. `gone`: the device, or who it belongs to, is no more.
 */
export async function tellDevice(
  database: Database,
  device: StoredReceiver,
  { alertId, news }: { alertId: string; news: ChannelNews },
  { secret, publicUrl, ...sending }: Sending,
  { now, signal }: { now: Ms; signal: AbortSignal },
): Promise<ChannelAttempt | "untold" | "gone"> {
  const rights = await rightsNow(database, device);
  if (rights === null) return "gone";
  const { role, sight } = rights;
  const { orm } = isWhole(sight) ? database : databaseIn(sight, database);
  const row = await seeing(sight, () => alertById(orm, alertId));
  if (row === null) return "untold";
  try {
    const subscription = subscriptionShape.parse(JSON.parse(decrypt(device.sealed, secret)));
    const about = {
      ...{ alert: alertId, news, urgent: row.isUrgent, mayWrite: roleMay(role, "write") },
      by: device.memberId === null ? device.by : null,
    };
    const said = saidOf(wireAlert(row), news, { now, initials: sight.masked, publicUrl });
    const answer = await push(subscription, pushedAlert(said, about), {
      ...{ secret, publicUrl, signal, ...sending },
    });
    if (isGone(answer)) return "gone";
    const { status, failure, excerpt } = answer;
    const isOk = status !== null && isTaken(status);
    return { triedAt: now, status, failure: isOk ? null : (failure ?? refusedBy(status, excerpt)) };
  } catch (error) {
    signal.throwIfAborted();
    return { triedAt: now, status: null, failure: error instanceof Error ? error.message : "" };
  }
}

/** What whoever has the device may now; `null` where they may nothing any more. */
async function rightsNow(
  { orm }: Database,
  { memberId }: StoredReceiver,
): Promise<{ role: Role; sight: Sight } | null> {
  if (memberId !== null) return rightsOf(orm, memberId);
  // Whoever was at this machine before somebody became the owner is nobody now.
  return (await hasOwner(orm)) ? null : { role: "owner", sight: WHOLE_SIGHT };
}

/** Why something that was sent was not taken, by what was answered. */
export function refusedBy(status: number | null, excerpt: string | null): string {
  return `it answered ${status}${excerpt === null ? "" : `: ${excerpt.slice(0, 200)}`}`;
}
