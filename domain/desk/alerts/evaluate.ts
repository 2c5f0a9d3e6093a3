import type { Ms } from "#domain/time/ms.ts";
import type { OffsetAt } from "#domain/time/period.ts";
import type { KeptAlert, OverReason } from "./alert.ts";
import type { AlertFacts, AlertSubject, Stretch } from "./facts.ts";
import { type AlertRule, awakeFrom } from "./rule.ts";
import { LEFT_STANDS_MS, stretchesOf } from "./stretches.ts";

/**
 * What was over before anybody looked is an alert all the same if it was due within this time: so it does not matter
 * when somebody looks, or that nobody did for a while.
 */
export const LOOKED_BACK_MS: Ms = LEFT_STANDS_MS;

/** What changes of the alerts. */
export type AlertChange =
  /** `overAt` where it is over already. */
  | { kind: "raised"; rule: AlertRule; subject: AlertSubject; since: Ms; overAt: Ms | null }
  /** It is repeated, or became urgent. */
  | { kind: "rung"; id: string; isUrgent: boolean }
  /** What it is about is filed otherwise, began at another time, or goes on after all. */
  | { kind: "moved"; id: string; subject: AlertSubject; since: Ms }
  | { kind: "reopened"; id: string }
  | { kind: "over"; id: string; at: Ms; why: OverReason };

export interface Evaluated {
  changes: AlertChange[];
  /** When the clock alone may change something next; `null` for never. */
  nextAt: Ms | null;
}

/**
 * What follows from the facts of a moment: which alerts are raised, repeated, corrected and over. `alerts` are those that
 * are not over, and those that ended lately. Whoever looks, and however often, comes to the same alerts.
 */
export function evaluate(
  facts: AlertFacts,
  rules: readonly AlertRule[],
  alerts: readonly KeptAlert[],
  { now, offsetAt }: { now: Ms; offsetAt: OffsetAt },
): Evaluated {
  const on = rules.filter(({ isOn }) => isOn);
  const changes: AlertChange[] = [];
  const nexts: Ms[] = [];
  const byRule = Map.groupBy(alerts, ({ ruleId }) => ruleId);
  for (const [ruleId, own] of byRule) {
    if (on.some(({ id }) => id === ruleId)) continue;
    for (const { id, overAt } of own) {
      if (overAt === null) changes.push({ kind: "over", id, at: now, why: "rule" });
    }
  }
  for (const rule of on) {
    const clock = new RuleClock(rule, offsetAt, now);
    const ofRule = byRule.get(rule.id) ?? [];
    const stretches = Map.groupBy(stretchesOf(rule, facts, now), ({ subject }) => subject.key);
    const kept = Map.groupBy(ofRule, ({ subject }) => subject.key);
    for (const key of new Set([...stretches.keys(), ...kept.keys()])) {
      const { pairs, rest, fresh } = matched(stretches.get(key) ?? [], kept.get(key) ?? []);
      for (const [alert, stretch] of pairs) changes.push(...clock.kept(alert, stretch));
      for (const { id, overAt } of rest) {
        if (overAt === null) changes.push({ kind: "over", id, at: now, why: clock.goneFor() });
      }
      for (const stretch of fresh) changes.push(...clock.raised(stretch));
    }
    nexts.push(...clock.nexts);
  }
  const coming = nexts.filter((at) => at > now);
  return { changes, nextAt: coming.length === 0 ? null : Math.min(...coming) };
}

/** One rule at a moment. */
class RuleClock {
  readonly nexts: Ms[] = [];
  readonly #rule: AlertRule;
  readonly #offsetAt: OffsetAt;
  readonly #now: Ms;

  constructor(rule: AlertRule, offsetAt: OffsetAt, now: Ms) {
    this.#rule = rule;
    this.#offsetAt = offsetAt;
    this.#now = now;
  }

  /** What becomes of an alert about what was so from then to then. */
  kept(alert: KeptAlert, stretch: Stretch): AlertChange[] {
    const { id } = alert;
    const now = this.#now;
    const over = overBy(stretch, now);
    if (this.#isTooShort(stretch)) {
      return alert.overAt === null ? [{ kind: "over", id, at: now, why: "corrected" }] : [];
    }
    if (over !== null) {
      const isKnown = alert.overAt === over || alert.overFor === "rule";
      return isKnown ? [] : [{ kind: "over", id, at: over, why: "over" }];
    }
    if (stretch.to !== null) this.nexts.push(stretch.to);
    const { subject } = stretch;
    const changes: AlertChange[] = [];
    if (alert.overAt !== null) changes.push({ kind: "reopened", id });
    if (alert.since !== stretch.from || !isSame(alert.subject, subject)) {
      changes.push({ kind: "moved", id, subject, since: stretch.from });
    }
    return [...changes, ...this.#rung(alert)];
  }

  /** An alert about something for the first time, if it is one. */
  raised(stretch: Stretch): AlertChange[] {
    const { subject, from: since } = stretch;
    const due = this.#dueAt(stretch);
    const over = overBy(stretch, this.#now);
    if (this.#isTooShort(stretch)) {
      if (over === null) this.nexts.push(due);
      return [];
    }
    if (over === null && stretch.to !== null) this.nexts.push(stretch.to);
    // Who came before there was such a rule came without one, but whoever still waits does wait.
    const isOfRule = due > this.#rule.since || (over === null && !this.#isMoment());
    const isLate = due <= this.#now - LOOKED_BACK_MS && (over !== null || this.#isMoment());
    if (!isOfRule || isLate) return [];
    if (over === null) this.#noteRings({ rungAt: this.#now, raisedAt: this.#now, isUrgent: false });
    return [{ kind: "raised", rule: this.#rule, subject, since, overAt: over }];
  }

  /** Why an alert is over of which nothing is known any more. */
  goneFor(): OverReason {
    const { kind } = this.#rule;
    return kind === "source_silent" || kind === "source_refused" ? "over" : "corrected";
  }

  /** It is about that somebody did something, not about what goes on. */
  #isMoment(): boolean {
    return this.#rule.deed === "joined" || this.#rule.deed === "left";
  }

  /** It was not so, or is not yet, for as long as it has to be. */
  #isTooShort(stretch: Stretch): boolean {
    const due = this.#dueAt(stretch);
    const over = overBy(stretch, this.#now);
    return over === null ? due > this.#now : due >= over;
  }

  #dueAt({ from, afterMs }: Stretch): Ms {
    return this.#awakeFrom(from + afterMs);
  }

  #awakeFrom(at: Ms): Ms {
    return awakeFrom(at, this.#rule.quiet, this.#offsetAt);
  }

  #rung(alert: KeptAlert): AlertChange[] {
    if (alert.acknowledgedAt !== null) return [];
    const now = this.#now;
    const { urgentAt, repeatAt } = this.#ringsOf(alert);
    const isUrgent = alert.isUrgent || urgentAt <= now;
    const isDue = repeatAt <= now || isUrgent !== alert.isUrgent;
    this.#noteRings(isDue ? { ...alert, rungAt: now, isUrgent } : alert);
    return isDue ? [{ kind: "rung", id: alert.id, isUrgent }] : [];
  }

  #ringsOf({ rungAt, raisedAt, isUrgent }: Ringing): { urgentAt: Ms; repeatAt: Ms } {
    const { repeatMs, urgentMs } = this.#rule;
    const never = Infinity;
    return {
      urgentAt: isUrgent || urgentMs === null ? never : this.#awakeFrom(raisedAt + urgentMs),
      repeatAt: repeatMs === null ? never : this.#awakeFrom(rungAt + repeatMs),
    };
  }

  #noteRings(ringing: Ringing): void {
    const { urgentAt, repeatAt } = this.#ringsOf(ringing);
    this.nexts.push(...[urgentAt, repeatAt].filter(Number.isFinite));
  }
}

type Ringing = Pick<KeptAlert, "rungAt" | "raisedAt" | "isUrgent">;

/** Since when it is not so any more; `null` while it is. */
function overBy({ to }: Stretch, now: Ms): Ms | null {
  return to !== null && to <= now ? to : null;
}

function isSame(a: AlertSubject, b: AlertSubject): boolean {
  return (
    a.meetingId === b.meetingId &&
    a.personId === b.personId &&
    a.roomId === b.roomId &&
    a.key === b.key
  );
}

/** Alerts with what each is about: by when it was so, the earliest first. */
function matched(stretches: readonly Stretch[], alerts: readonly KeptAlert[]) {
  const inOrder = stretches.toSorted((a, b) => a.from - b.from);
  const pairs: [KeptAlert, Stretch][] = [];
  const rest: KeptAlert[] = [];
  // One that was taken back is about nothing; those that still ring go before those that are over.
  const claims = alerts
    .filter(({ overFor }) => overFor !== "corrected")
    .toSorted((a, b) => Number(!isOpen(a)) - Number(!isOpen(b)) || a.since - b.since);
  const taken = new Set<Stretch>();
  for (const alert of claims) {
    const own = inOrder.find((one) => !taken.has(one) && isAbout(alert, one));
    if (own === undefined) rest.push(alert);
    else {
      taken.add(own);
      pairs.push([alert, own]);
    }
  }
  return { pairs, rest, fresh: inOrder.filter((one) => !taken.has(one)) };
}

function isOpen({ overAt }: KeptAlert): boolean {
  return overAt === null;
}

function isAbout({ since, overAt }: KeptAlert, { from, to }: Stretch): boolean {
  return since === from || (since < (to ?? Infinity) && from < (overAt ?? Infinity));
}
