import { applyChanges } from "#db/desk/alerts/alerts.ts";
import { ruleById } from "#db/desk/alerts/rules.ts";
import type { TestApp } from "#server/testing/test-app.ts";

/** An alert about a source by a rule, as the evaluation makes one. Returns its id. */
export async function raiseAlert(
  { database, now }: Pick<TestApp, "database" | "now">,
  ruleId: string,
  sourceId: string,
): Promise<string> {
  const rule = await ruleById(database.orm, ruleId);
  if (rule === null) throw new Error("there is no such rule");
  const none = { roomId: null, meetingId: null, personId: null, scheduledId: null };
  const subject = { key: "test", sourceId, ...none };
  const raised = { kind: "raised", rule, subject, since: now, overAt: null } as const;
  const [id = ""] = await applyChanges(database.orm, [raised], now);
  return id;
}
