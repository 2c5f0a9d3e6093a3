import { sightNow } from "#db/access/sight/seeing.ts";
import type { AlertRow } from "#db/desk/alerts/alerts.ts";
import type { WireAlert } from "#domain/desk/alerts/wire.ts";
import { KIND_WORDS } from "#domain/desk/alerts/words.ts";
import { wireAlert } from "#domain/integrations/outgoing/of-alert.ts";

/**
 * An alert for whom the work now is for. What its rule is called may be somebody's name, and its initials would say
 * nothing: who sees initials is told of which kind the rule is.
 */
export function shownAlert(row: AlertRow): WireAlert {
  const alert = wireAlert(row);
  if (!sightNow().masked) return alert;
  return { ...alert, rule: { ...alert.rule, name: KIND_WORDS[alert.kind] } };
}
