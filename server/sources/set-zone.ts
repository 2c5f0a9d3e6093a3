import type { RecordingClient } from "#db/connection/client.ts";
import { installZone } from "#db/installation/installation.ts";
import type { AuditActor } from "#domain/access/audit/audit.ts";
import { audited } from "#server/runtime/audit.ts";

/** Sets the installation's zone, or with `null` returns to the server's. */
export function setZone(
  database: Pick<RecordingClient, "transaction">,
  timeZone: string | null,
  by: AuditActor,
): Promise<void> {
  return audited(
    database,
    by,
    ({ orm }) => installZone(orm, timeZone),
    () => ({
      action: "settings.changed",
      about: null,
      details: { setting: "time zone", to: timeZone ?? "the server's" },
    }),
  );
}
