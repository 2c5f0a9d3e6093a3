import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { post } from "#server/testing/test-app.ts";
import { parseExposition } from "./testing/exposition.ts";

let client: ApiClient;
/** The labels of every sample that is answered, and the two that Prometheus adds, by name. */
const known = new Map<string, Set<string>>();
beforeAll(async () => {
  client = await openApiClient();
  await post(client.app, await client.app.account(), "{}", { secret: "b3RoZXI=" });
  await post(client.app, await client.app.account(), '{"test":"test"}');
  const text = await (await client.ask("/api/metrics")).text();
  for (const { samples } of parseExposition(text).values()) {
    for (const { name, labels } of samples) {
      const own = known.get(name) ?? new Set(["instance", "job"]);
      known.set(name, own);
      for (const label of Object.keys(labels)) own.add(label);
    }
  }
  known.set("up", new Set(["instance", "job"]));
  // Before the first webhook of a source there is none.
  known.set("rollcall_last_delivery_timestamp_seconds", new Set(["source", "instance", "job"]));
});
afterAll(() => client.app.close());

const FUNCTIONS = new Set(
  "sum max min by on group_left rate increase histogram_quantile time label_values".split(" "),
);

/**
 * Fails where an expression has a metric that is not answered, or a label that none of its metrics has. Answers the
 * labels that they have.
 */
function expectKnown(expression: string): Set<string> {
  const bare = expression.replaceAll(/"[^"]*"/g, '""').replaceAll(/\[[^\]]*\]/g, "");
  const metrics = [...bare.matchAll(/\b[a-z][a-z0-9_]*(?=\{|\b)/g)]
    .map(([name]) => name)
    .filter((name) => known.has(name));
  expect(metrics, expression).not.toEqual([]);
  const labels = new Set(metrics.flatMap((name) => [...(known.get(name) ?? [])]));
  for (const [word] of bare.matchAll(/(?<![$\w])[a-z][a-zA-Z0-9_]*/g)) {
    const isKnown = FUNCTIONS.has(word) || known.has(word) || labels.has(word);
    expect(isKnown, `${word} in ${expression}`).toBe(true);
  }
  return labels;
}

function read<Kind extends z.ZodType>(name: string, kind: Kind): z.infer<Kind> {
  return kind.parse(JSON.parse(readFileSync(`docs/grafana/${name}`, "utf8")));
}

const place = z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() });
const dashboard = z.looseObject({
  uid: z.string(),
  schemaVersion: z.int().min(39),
  panels: z.array(
    z.looseObject({
      id: z.int(),
      title: z.string().min(1),
      gridPos: place,
      targets: z.array(z.looseObject({ expr: z.string(), legendFormat: z.string() })).optional(),
    }),
  ),
  templating: z.object({
    list: z.array(z.looseObject({ name: z.string(), definition: z.string().optional() })),
  }),
});
const prometheus = z.object({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string(),
          expr: z.string(),
          for: z.string().regex(/^\d+[smh]$/),
          labels: z.object({ severity: z.enum(["critical", "warning"]) }),
          annotations: z.object({ summary: z.string(), description: z.string() }),
        }),
      ),
    }),
  ),
});
const model = z.looseObject({
  expr: z.string().optional(),
  conditions: z
    .array(z.object({ evaluator: z.object({ type: z.string(), params: z.array(z.number()) }) }))
    .optional(),
});
const grafana = z.object({
  apiVersion: z.literal(1),
  groups: z.array(
    z.looseObject({
      rules: z.array(
        z.looseObject({
          uid: z.string().regex(/^[a-z-]{1,40}$/),
          title: z.string(),
          condition: z.literal("B"),
          for: z.string(),
          annotations: z.record(z.string(), z.string()),
          data: z.array(z.looseObject({ refId: z.string(), datasourceUid: z.string(), model })),
        }),
      ),
    }),
  ),
});

test("every panel of the dashboard asks for metrics and labels that there are", () => {
  const { panels, templating } = read("dashboard.json", dashboard);
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const asked = panels.flatMap(({ targets = [] }) => targets);
  expect(asked.length).toBeGreaterThan(25);
  for (const { expr, legendFormat } of asked) {
    const labels = expectKnown(expr);
    for (const [, label = ""] of legendFormat.matchAll(/\{\{(\w+)\}\}/g)) {
      expect(labels.has(label), `${label} of ${expr}`).toBe(true);
    }
  }
  for (const { definition } of templating.list) if (definition) expectKnown(definition);
});

test("no two panels lie in the same place", () => {
  const { panels } = read("dashboard.json", dashboard);
  const taken = panels.flatMap(({ gridPos: { x, y, w, h } }) => {
    expect(x + w).toBeLessThanOrEqual(24);
    return Array.from({ length: w * h }, (_, n) => `${x + (n % w)} ${y + Math.floor(n / w)}`);
  });
  expect(new Set(taken).size).toBe(taken.length);
});

const NO_THRESHOLD = { type: "", params: [] };

test("the rules ask for metrics and labels that there are, and are the same for Prometheus and Grafana", () => {
  const rules = read("prometheus-rules.json", prometheus).groups.flatMap((group) => group.rules);
  expect(rules.length).toBeGreaterThan(5);
  for (const { expr } of rules) expectKnown(expr);
  const own = read("alerts.json", grafana).groups.flatMap((group) => group.rules);
  const signs: Record<string, string> = { gt: ">", lt: "<" };
  const said = own.map(({ title, data: [query, threshold], annotations, ...rule }) => {
    const { type, params } = threshold?.model.conditions?.[0]?.evaluator ?? NO_THRESHOLD;
    return {
      alert: title,
      expr: `${query?.model.expr} ${signs[type]} ${params[0]}`,
      for: rule.for,
      annotations,
    };
  });
  expect(said).toEqual(rules.map(({ labels: _, ...rule }) => rule));
});
