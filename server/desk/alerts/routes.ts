import { ALERT_STATES } from "#domain/desk/alerts/alert.ts";
import type { ChangingEndpoint, Endpoint } from "#server/http/api.ts";
import { word } from "#server/http/query.ts";
import { LIST } from "#server/http/takes.ts";
import {
  acknowledgeShape,
  deleteRule,
  getAlerts,
  getRules,
  patchRule,
  postAcknowledge,
  postRule,
} from "./api.ts";
import { newRuleShape, ruleShape } from "./given.ts";
import * as answers from "./schema.ts";

/* A rule is about the whole installation: who sees a part of it is shown its alerts there, and no rules. */

export const listRules: Endpoint = {
  who: "read",
  ofPart: false,
  summary: "Every alert rule, oldest first",
  takes: {},
  body: null,
  answers: { 200: answers.alertRules },
  respond: () => getRules(),
};

export const makeRule: ChangingEndpoint = {
  who: "write",
  audit: "alert_rule.made",
  ofPart: false,
  summary: "Makes an alert rule; what is left out is as usual for its kind",
  takes: {},
  body: newRuleShape,
  example: { kind: "waiting", after_ms: 300_000, repeat_ms: 60_000 },
  answers: { 201: answers.alertRule },
  fails: ["bad_alert_rule"],
  respond: ({ request, ...asking }) => postRule(request, asking),
};

export const changeRule: ChangingEndpoint<"id"> = {
  who: "write",
  audit: "alert_rule.changed",
  ofPart: false,
  summary: "Sets what is given of an alert rule; on: false stops it",
  takes: {},
  body: ruleShape,
  example: { after_ms: 600_000 },
  answers: { 200: answers.alertRule },
  fails: ["bad_alert_rule", "not_found"],
  respond: ({ request, params, ...asking }) => patchRule(request, params.id, asking),
};

export const removeRule: ChangingEndpoint<"id"> = {
  who: "write",
  audit: "alert_rule.removed",
  ofPart: false,
  summary: "Removes an alert rule; its alerts are over",
  takes: {},
  body: null,
  answers: { 200: answers.alertRule },
  fails: ["not_found"],
  respond: ({ params, ...asking }) => deleteRule(params.id, asking),
};

export const listAlerts: Endpoint = {
  who: "read",
  summary: "Alerts, those raised last first",
  takes: {
    ...LIST,
    state: word(ALERT_STATES).describe("raised: nobody has acknowledged it, and it goes on"),
  },
  body: null,
  answers: { 200: answers.alerts },
  respond: ({ url }) => getAlerts(url),
};

export const acknowledgeAlert: ChangingEndpoint<"id"> = {
  who: "write",
  audit: "alert.acknowledged",
  ofPart: true,
  summary: "Acknowledges an alert: it rings no more; answers who did it first",
  takes: {},
  body: acknowledgeShape,
  example: {},
  answers: { 200: answers.alert },
  fails: ["bad_acknowledgement", "not_found"],
  respond: ({ request, params, ...asking }) => postAcknowledge(request, params.id, asking),
};
