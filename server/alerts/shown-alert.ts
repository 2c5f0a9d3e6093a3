import type { AlertRow } from "#db/alerts/alerts.ts";
import { sightNow } from "#db/sight/seeing.ts";
import type { WireAlert } from "#domain/alerts/wire.ts";
import { KIND_WORDS } from "#domain/alerts/words.ts";
import { wireAlert } from "#domain/outgoing/of-alert.ts";

/**
 * An alert for whom the work now is for. What its rule is called may be somebody's name, and its initials would say
 * nothing: who sees initials is told of which kind the rule is.
 */
export function shownAlert(row: AlertRow): WireAlert {
  const alert = wireAlert(row);
  if (!sightNow().masked) return alert;
  return { ...alert, rule: { ...alert.rule, name: KIND_WORDS[alert.kind] } };
}
