import { insertEntry } from "#db/access/audit.ts";
import { database, type RecordingClient } from "#db/connection/client.ts";
import { within } from "#db/connection/within.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { AuditActor, AuditEntry } from "#domain/access/audit/audit.ts";
import { processContext } from "./process-context.ts";

/** Rollcall itself, in the background. */
export const ROLLCALL: AuditActor = {
  ...{ kind: "nobody", id: null, label: "Rollcall" },
  ...{ address: null, userAgent: null },
};

/**
 * Notes in the audit log that somebody did something. `tx` is the transaction of the change, so that there is no
 * change without its entry, and no entry without its change.
 */
export async function audit(
  tx: Pick<Orm, "insert">,
  by: AuditActor,
  entry: AuditEntry,
): Promise<void> {
  await insertEntry(tx, by, entry, Date.now());
}

/**
 * Makes a change and notes it, in one transaction: the change has to be made by the client that it is given.
 * `entryOf` says what is noted of what came of it; `null` where nothing changed.
 */
export async function audited<T>(
  { transaction }: Pick<RecordingClient, "transaction">,
  by: AuditActor,
  change: (client: RecordingClient) => Promise<T>,
  entryOf: (changed: T) => AuditEntry | null,
): Promise<T> {
  return transaction(async (tx) => {
    const changed = await change(within(tx));
    const entry = entryOf(changed);
    if (entry !== null) await audit(tx, by, entry);
    return changed;
  });
}

/**
 * Notes that somebody was shown something, once the answer began: it does not wait, and never fails. What cannot be
 * noted is in the log of the process, whole.
 */
export async function auditRead(by: AuditActor, entry: AuditEntry): Promise<void> {
  try {
    // By the recorder: whoever sees a part only reads by what they read with.
    await database().transaction((tx) => audit(tx, by, entry));
  } catch (error) {
    const { kind, id, label, address } = by;
    const lost = { by: { kind, id, label, address }, ...entry };
    const message = "this is missing in the audit log, because it could not be written there";
    processContext().log.error({ err: error, lost }, message);
  }
}
