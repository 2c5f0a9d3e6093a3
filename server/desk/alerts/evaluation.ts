import { notifyAlerts } from "#db/connection/bus.ts";
import type { Database } from "#db/connection/client.ts";
import {
  type AlertRow,
  alertsByIds,
  alertsSince,
  applyChanges,
  lockAlerts,
} from "#db/desk/alerts/alerts.ts";
import { type ToldNews, tellChannels } from "#db/desk/alerts/channels.ts";
import { listRules } from "#db/desk/alerts/rules.ts";
import { listEndpoints } from "#db/integrations/outgoing/endpoints.ts";
import { wakeSender } from "#db/integrations/outgoing/waking.ts";
import type { Orm } from "#db/sql/orm.ts";
import { type AlertChange, evaluate, LOOKED_BACK_MS } from "#domain/desk/alerts/evaluate.ts";
import type { AlertFacts } from "#domain/desk/alerts/facts.ts";
import type { Occurrence } from "#domain/integrations/outgoing/occurrence.ts";
import { alertCleared, alertRaised } from "#domain/integrations/outgoing/of-alert.ts";
import type { Ms } from "#domain/time/ms.ts";
import { offsetIn } from "#server/http/period.ts";
import { installationTimeZone } from "#server/http/zone.ts";
import { tellEndpoints } from "#server/integrations/outgoing/telling/messages.ts";

/** An alert that ended within this time may go on after all. */
const MAY_REOPEN_MS: Ms = 4 * LOOKED_BACK_MS;

/** What comes next. */
export interface Evaluation {
  /** When the clock alone may change something; `null` for never. */
  nextAt: Ms | null;
  /** Whether any rule is on; without one no alert is left that is not over. */
  isAnyOn: boolean;
}

/**
 * Evaluates the rules there are over the facts of a moment. What changes is written, and who is told of it, in one
 * transaction with the alerts that it was compared with: whoever is killed between has changed nothing.
 */
export async function evaluateNow(
  database: Pick<Database, "transaction">,
  facts: AlertFacts,
  now: Ms,
): Promise<Evaluation> {
  return database.transaction(async (tx) => {
    await lockAlerts(tx);
    const rules = await listRules(tx);
    const alerts = await alertsSince(tx, now - MAY_REOPEN_MS);
    const offsetAt = offsetIn(installationTimeZone());
    const { changes, nextAt } = evaluate(facts, rules, alerts, { now, offsetAt });
    if (changes.length > 0) {
      const ids = await applyChanges(tx, changes, now);
      await tellChannels(
        tx,
        changes.flatMap((change, index) => newsOf(change, ids[index])),
        now,
      );
      await tell(tx, changes, ids, now);
      await notifyAlerts(tx);
    }
    return { nextAt, isAnyOn: rules.some(({ isOn }) => isOn) };
  });
}

/** What channels are told of a change. What was over before anybody looked alarms nobody there. */
function newsOf(change: AlertChange, alertId: string | undefined): ToldNews[] {
  if (alertId === undefined) return [];
  switch (change.kind) {
    case "raised":
      return change.overAt === null ? [{ alertId, news: "raised" }] : [];
    case "reopened":
      return [{ alertId, news: "raised" }];
    case "rung":
      return [{ alertId, news: "rung" }];
    case "over":
      return [{ alertId, news: "over" }];
    case "moved":
      return [];
    default:
      return change satisfies never;
  }
}

/** Tells other systems what was raised, and what is over. */
async function tell(
  tx: Orm,
  changes: readonly AlertChange[],
  ids: readonly string[],
  now: Ms,
): Promise<void> {
  const all = await listEndpoints(tx, now);
  const endpoints = all.filter(({ pausedFor }) => pausedFor !== "gone");
  if (endpoints.length === 0) return;
  const rows = new Map((await alertsByIds(tx, [...new Set(ids)])).map((row) => [row.id, row]));
  const happened = changes.flatMap((change, index) => {
    const row = rows.get(ids[index] ?? "");
    if (row === undefined) return [];
    const room =
      row.room === null ? null : { sourceId: row.source.id, key: row.room, title: row.title };
    return toldOf(change, row, now).map((occurrence) => ({ occurrence, room }));
  });
  await tellEndpoints(tx, { endpoints, now, told: new Set() }, happened);
  await wakeSender(tx);
}

function toldOf(change: AlertChange, row: AlertRow, now: Ms): Occurrence[] {
  switch (change.kind) {
    case "raised":
      return change.overAt === null
        ? [alertRaised(row, now)]
        : [alertRaised(row, now), alertCleared(row, now)];
    case "reopened":
      return [alertRaised(row, now)];
    case "over":
      return [alertCleared(row, now)];
    case "rung":
    case "moved":
      return [];
    default:
      return change satisfies never;
  }
}
