import { expect } from "vitest";
import { z } from "zod";
import description from "./attendee-openapi.json" with { type: "json" };

/* Holds answers against the description of Attendee's addresses, the order of their fields included. */

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

const schemaShape = z.looseObject({
  $ref: z.string().optional(),
  anyOf: z.array(z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
});
type JsonSchema = z.infer<typeof schemaShape>;

const responsesShape = z.record(
  z.string(),
  z.object({ content: z.object({ "application/json": z.object({ schema: schemaShape }) }) }),
);
const operationShape = z.object({
  parameters: z.array(z.looseObject({ name: z.string(), in: z.enum(["query", "path"]) })),
  responses: responsesShape,
});

/** The addresses that are described, and the parameters of each. */
export const described = Object.entries(description.paths).map(([path, { get }]) => {
  const { parameters, responses } = operationShape.parse(get);
  const query = parameters.filter((one) => one.in === "query").map(({ name }) => name);
  return { path: `${description.servers[0]?.url}${path}`, query, responses };
});

/** Fails where an answer is none that the description has: by its status, its fields, or their order. */
export async function expectDescribed(
  { path, responses }: (typeof described)[number],
  answer: Response,
): Promise<Json> {
  const response = responses[String(answer.status)];
  if (response === undefined) throw new Error(`${answer.status} is not described for ${path}`);
  const { schema } = response.content["application/json"];
  const text = await answer.text();
  const json = jsonIn(text);
  const whole = z.fromJSONSchema(JSON.parse(JSON.stringify(resolved(schema))));
  expect(whole.safeParse(json).error?.issues ?? [], `${answer.status} of ${path}`).toEqual([]);
  // Compact JSON, which says every text as it is.
  expect(text).toBe(JSON.stringify(json));
  expectOrder(resolved(schema), json);
  return json;
}

function jsonIn(text: string): Json {
  return JSON.parse(text);
}

/** A schema with what it refers to in place of the reference. */
function resolved(schema: JsonSchema): JsonSchema {
  const { $ref, anyOf, properties, items } = schema;
  if ($ref !== undefined) {
    const name = $ref.split("/").at(-1) ?? "";
    return resolved(schemaShape.parse(Reflect.get(description.components.schemas, name)));
  }
  const inner = (one: unknown) => resolved(schemaShape.parse(one));
  return {
    ...schema,
    ...(anyOf && { anyOf: anyOf.map(inner) }),
    ...(items !== undefined && { items: inner(items) }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, one]) => [name, inner(one)]),
      ),
    }),
  };
}

function expectOrder({ properties, items }: JsonSchema, value: Json): void {
  if (Array.isArray(value)) {
    for (const one of value) expectOrder(schemaShape.parse(items ?? {}), one);
  } else if (properties !== undefined && typeof value === "object" && value !== null) {
    const fields = Object.keys(value);
    expect(fields).toEqual(Object.keys(properties).filter((name) => fields.includes(name)));
    for (const [name, one] of Object.entries(value)) {
      expectOrder(schemaShape.parse(properties[name] ?? {}), one);
    }
  }
}
