import { z } from "zod";
import { notifyAlerts } from "#db/connection/bus.ts";
import { database } from "#db/connection/client.ts";
import { acknowledgeAlert, alertById, listAlerts } from "#db/desk/alerts/alerts.ts";
import { tellChannels } from "#db/desk/alerts/channels.ts";
import {
  addRule,
  changeRule,
  listRules,
  removeRule,
  ruleById,
  type StoredRule,
} from "#db/desk/alerts/rules.ts";
import { unknownSources } from "#db/sources/sources.ts";
import type { Audited } from "#domain/access/audit/audited.ts";
import { ALERT_STATES } from "#domain/desk/alerts/alert.ts";
import { isUuid } from "#domain/uuid.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import { badCursor, cursorOf, limitIn, page } from "#server/http/cursor.ts";
import { bodyOf } from "#server/http/json-body.ts";
import { operatorName } from "#server/http/operator.ts";
import { oneOf, textIn } from "#server/http/query.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { audited } from "#server/runtime/audit.ts";
import { newRuleShape, ruleOf, ruleShape, UnusableRule } from "./given.ts";
import { ruleJson } from "./json.ts";
import type * as answers from "./schema.ts";
import { shownAlert } from "./shown-alert.ts";

export const acknowledgeShape = z.strictObject({ by: operatorName });

/** `GET /api/v1/alert-rules` */
export async function getRules(): Promise<Response> {
  const rules = await listRules(database().orm);
  const answer: AnswerOf<typeof answers.alertRules> = { results: rules.map(ruleJson) };
  return Response.json(answer);
}

/** `POST /api/v1/alert-rules` */
export async function postRule(request: Request, asking: Requester): Promise<Response> {
  const given = await bodyOf(request, newRuleShape, badRule);
  const actor = actorOf(asking, given.by);
  const rule = usable(() => ruleOf(given, null, actor.label));
  await mustKnow(rule.sources);
  const id = await audited(
    database(),
    actor,
    async ({ orm }) => {
      const added = await addRule(orm, rule, Date.now());
      await notifyAlerts(orm);
      return added;
    },
    (added) => ({
      action: "alert_rule.made",
      about: aboutRule({ id: added, name: rule.name }),
      details: { kind: rule.kind },
    }),
  );
  return Response.json(ruleJson(await ruleNamed(id)), { status: 201 });
}

/** `PATCH /api/v1/alert-rules/{id}`: a field left out stays. */
export async function patchRule(
  request: Request,
  id: string,
  asking: Requester,
): Promise<Response> {
  const given = await bodyOf(request, ruleShape, badRule);
  const before = await ruleNamed(id);
  const actor = actorOf(asking, given.by);
  const rule = usable(() => ruleOf(given, before, actor.label));
  await mustKnow(rule.sources);
  const changed = Object.keys(given).filter((field) => field !== "by");
  await audited(
    database(),
    actor,
    async ({ orm }) => {
      await changeRule(orm, before.id, rule, Date.now());
      await notifyAlerts(orm);
    },
    () => ({ action: "alert_rule.changed", about: aboutRule(before), details: { changed } }),
  );
  return Response.json(ruleJson(await ruleNamed(id)));
}

/** `DELETE /api/v1/alert-rules/{id}`: answers it as it was. What it alarmed of stays, and is over. */
export async function deleteRule(id: string, asking: Requester): Promise<Response> {
  const rule = await ruleNamed(id);
  await audited(
    database(),
    actorOf(asking),
    async ({ orm }) => {
      await removeRule(orm, rule.id);
      await notifyAlerts(orm);
    },
    () => ({ action: "alert_rule.removed", about: aboutRule(rule), details: {} }),
  );
  return Response.json(ruleJson(rule));
}

/** `GET /api/v1/alerts`, those raised last first. */
export async function getAlerts(url: URL): Promise<Response> {
  const limit = limitIn(url);
  const cursor = alertCursor(textIn(url, "cursor"));
  const state = oneOf(url, "state", ALERT_STATES);
  const rows = await listAlerts(database().orm, state, cursor, limit + 1);
  const { rows: shown, ...links } = page(url, rows, limit, cursor, (row) => [row.raisedAt, row.id]);
  const answer: AnswerOf<typeof answers.alerts> = { ...links, results: shown.map(shownAlert) };
  return Response.json(answer);
}

function alertCursor(text: string | null) {
  if (text === null) return null;
  const { direction, key } = cursorOf(text);
  const [at, id] = key;
  if (typeof at !== "number" || typeof id !== "string" || !isUuid(id)) throw badCursor();
  return { direction, key: { at, id } };
}

/** `POST /api/v1/alerts/{id}/acknowledge`: of many who do it one did; all are answered who. */
export async function postAcknowledge(
  request: Request,
  id: string,
  asking: Requester,
): Promise<Response> {
  const { by } = await bodyOf(request, acknowledgeShape, badAcknowledgement);
  const alert = await alertById(database().orm, id);
  if (alert === null) throw notFound("alert");
  const actor = actorOf(asking, by);
  await audited(
    database(),
    actor,
    async ({ orm }) => {
      const now = Date.now();
      const isFirst = await acknowledgeAlert(orm, alert.id, actor.label, now);
      if (!isFirst) return false;
      await tellChannels(orm, [{ alertId: alert.id, news: "acknowledged" }], now);
      await notifyAlerts(orm);
      return isFirst;
    },
    (isFirst) =>
      isFirst
        ? {
            action: "alert.acknowledged",
            about: { kind: "alert", id: alert.id, label: alert.ruleName },
            details: {},
          }
        : null,
  );
  const now = await alertById(database().orm, id);
  if (now === null) throw notFound("alert");
  return Response.json(shownAlert(now));
}

async function ruleNamed(id: string): Promise<StoredRule> {
  const rule = await ruleById(database().orm, id);
  if (rule === null) throw notFound("alert rule");
  return rule;
}

function aboutRule({ id, name }: Pick<StoredRule, "id" | "name">): Audited {
  return { kind: "alert_rule", id, label: name };
}

async function mustKnow(sources: readonly string[] | null): Promise<void> {
  const [unknown] = await unknownSources(database().orm, sources ?? []);
  if (unknown !== undefined) throw badRule(`sources: there is no source ${unknown}`);
}

function usable<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof UnusableRule) throw badRule(error.message);
    throw error;
  }
}

function badRule(why: string): ApiError {
  return new ApiError(
    400,
    "bad_alert_rule",
    `Send kind, and what it needs, as they are documented: ${why}.`,
  );
}

function badAcknowledgement(why: string): ApiError {
  return new ApiError(400, "bad_acknowledgement", `Send {}, or {"by": …}: ${why}.`);
}
