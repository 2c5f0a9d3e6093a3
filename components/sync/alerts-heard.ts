/** What was pushed of alerts last, as it came: it is read by what shows it, whose script is loaded later. */
class AlertsHeard {
  #sent: unknown = null;
  readonly #listeners = new Set<() => void>();

  hear = (sent: unknown): void => {
    this.#sent = sent;
    for (const listener of this.#listeners) listener();
  };

  get = (): unknown => this.#sent;

  /** Whether there is an alert among it. */
  isAny = (): boolean => {
    const sent = this.#sent;
    if (typeof sent !== "object" || sent === null || !("alerts" in sent)) return false;
    return Array.isArray(sent.alerts) && sent.alerts.length > 0;
  };

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

export const alertsHeard = new AlertsHeard();
