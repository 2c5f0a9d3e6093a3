import type { KeptAlert } from "#domain/desk/alerts/alert.ts";
import type { AlertChange } from "#domain/desk/alerts/evaluate.ts";
import type { Ms } from "#domain/time/ms.ts";

/** Alerts as the database keeps them, in memory; and how often somebody was called. */
export class AlertsInMemory {
  alerts: KeptAlert[] = [];

  /** Those that are not over, and those that ended lately. */
  at(now: Ms): KeptAlert[] {
    return structuredClone(
      this.alerts.filter(({ overAt }) => overAt === null || overAt > now - 3_600_000),
    );
  }

  apply(changes: readonly AlertChange[], now: Ms): void {
    for (const change of changes) this.#apply(change, now);
  }

  acknowledge(index: number, now: Ms): void {
    const open = this.alerts.filter(({ overAt }) => overAt === null);
    const one = open[index % Math.max(1, open.length)];
    if (one !== undefined) one.acknowledgedAt ??= now;
  }

  #apply(change: AlertChange, now: Ms): void {
    if (change.kind === "raised") {
      const { rule, subject, since, overAt } = change;
      this.alerts.push({
        ...{ id: `alert ${this.alerts.length}`, ruleId: rule.id, subject, since },
        ...{ raisedAt: now, isUrgent: false, rungAt: now, rings: 1, acknowledgedAt: null },
        ...{ overAt, overFor: overAt === null ? null : "over" },
      });
      return;
    }
    const alert = this.alerts.find(({ id }) => id === change.id);
    if (alert === undefined) throw new Error(`there is no ${change.id}`);
    if (change.kind === "rung") {
      Object.assign(alert, { rungAt: now, rings: alert.rings + 1, isUrgent: change.isUrgent });
    } else if (change.kind === "moved") {
      Object.assign(alert, { since: change.since, subject: change.subject });
    } else if (change.kind === "reopened") {
      Object.assign(alert, { overAt: null, overFor: null });
    } else {
      Object.assign(alert, { overAt: change.at, overFor: change.why });
    }
  }
}
