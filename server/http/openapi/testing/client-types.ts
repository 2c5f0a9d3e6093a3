import { z } from "zod";

/*
 * The types of the client package (`client/src/api-types.ts`), from the OpenAPI document: one for each schema, and for
 * each operation what its address has, what it may be asked, what it is sent and what it answers.
 */

interface SchemaNode {
  type?: string | string[] | undefined;
  description?: string | undefined;
  const?: unknown;
  enum?: unknown[] | undefined;
  anyOf?: SchemaNode[] | undefined;
  oneOf?: SchemaNode[] | undefined;
  allOf?: SchemaNode[] | undefined;
  /** `false` where there are no more than `prefixItems`. */
  items?: SchemaNode | boolean | undefined;
  prefixItems?: SchemaNode[] | undefined;
  properties?: Record<string, SchemaNode> | undefined;
  required?: string[] | undefined;
  additionalProperties?: SchemaNode | boolean | undefined;
  $ref?: string | undefined;
}

const node: z.ZodType<SchemaNode> = z.lazy(() =>
  z.looseObject({
    type: z.union([z.string(), z.array(z.string())]).optional(),
    description: z.string().optional(),
    const: z.unknown().optional(),
    enum: z.array(z.unknown()).optional(),
    anyOf: z.array(node).optional(),
    oneOf: z.array(node).optional(),
    allOf: z.array(node).optional(),
    items: z.union([z.boolean(), node]).optional(),
    prefixItems: z.array(node).optional(),
    properties: z.record(z.string(), node).optional(),
    required: z.array(z.string()).optional(),
    additionalProperties: z.union([z.boolean(), node]).optional(),
    $ref: z.string().optional(),
  }),
);

const content = z.record(z.string(), z.object({ schema: node.optional() }));
const operation = z.looseObject({
  summary: z.string(),
  parameters: z
    .array(z.object({ in: z.string(), name: z.string(), schema: node.optional() }))
    .optional(),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: content.optional() })),
});
const apiDocument = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.looseObject({ schemas: z.record(z.string(), node) }),
});

const HEAD = `/* What the API takes and answers. Written by \`npm run api:write\` from docs/openapi.json. */
`;

/** The text of \`api-types.ts\`. */
export function clientTypesOf(document: unknown): string {
  const { paths, components } = apiDocument.parse(document);
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) => `${comment(schema, "  ")}  type ${name} = ${typeOf(schema, "  ")};\n`,
  );
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, one]) => {
      const answer = answerOf(one);
      // Files, and texts for other programs, are not read by this client.
      return answer === null ? [] : [operationOf(`${method.toUpperCase()} ${path}`, one, answer)];
    }),
  );
  return [
    HEAD,
    `export declare namespace Schemas {\n${schemas.join("")}}\n`,
    `export interface Operations {\n${operations.join("")}}\n`,
  ].join("\n");
}

type OperationNode = z.infer<typeof operation>;

function operationOf(name: string, one: OperationNode, answer: string): string {
  const parts = parametersOf(one, "path", false);
  const query = parametersOf(one, "query", true);
  const body = one.requestBody?.content["application/json"]?.schema;
  return [
    `  /** ${one.summary} */\n  "${name}": {\n`,
    `    path: ${parts};\n    query: ${query};\n`,
    `    body: ${body === undefined ? "undefined" : typeOf(body, "    ")};\n    answer: ${answer};\n  };\n`,
  ].join("");
}

function answerOf({ responses }: OperationNode): string | null {
  const all = Object.entries(responses).flatMap(([status, { content: of }]) => {
    const schema = of?.["application/json"]?.schema;
    const isOnlyJson = Object.keys(of ?? {}).length === 1;
    return status.startsWith("2") && isOnlyJson && schema !== undefined
      ? [typeOf(schema, "    ")]
      : [];
  });
  return all.length === 0 ? null : [...new Set(all)].join(" | ");
}

function parametersOf({ parameters = [] }: OperationNode, place: string, maybe: boolean): string {
  const own = parameters.filter((one) => one.in === place);
  if (own.length === 0) return "Record<never, never>";
  const lines = own.map(({ name, schema = {} }) => {
    const type = typeOf(schema, "      ");
    return `${comment(schema, "      ")}      ${name}${maybe ? `?: ${type} | undefined` : `: ${type}`};\n`;
  });
  return `{\n${lines.join("")}    }`;
}

/** The TypeScript of a schema. What a later version may add is not said. */
function typeOf(schema: SchemaNode, indent: string): string {
  const { $ref, anyOf, oneOf, allOf, properties, items, prefixItems } = schema;
  if ($ref !== undefined) return `Schemas.${$ref.split("/").at(-1)}`;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(" | ");
  const several = anyOf ?? oneOf;
  if (several !== undefined) return union(several.map((one) => typeOf(one, indent)));
  if (allOf !== undefined) return allOf.map((one) => inUnion(typeOf(one, indent))).join(" & ");
  if (Array.isArray(schema.type)) {
    const { type, ...rest } = schema;
    return union(type.map((one) => typeOf({ ...rest, type: one }, indent)));
  }
  switch (schema.type) {
    case "string":
      return "string";
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "null":
      return "null";
    case "array":
      if (prefixItems !== undefined) {
        return `[${prefixItems.map((one) => typeOf(one, indent)).join(", ")}]`;
      }
      return typeof items === "object" ? `${inUnion(typeOf(items, indent))}[]` : "unknown[]";
    case "object":
      return properties === undefined ? recordOf(schema, indent) : objectOf(schema, indent);
    default:
      return "unknown";
  }
}

function recordOf({ additionalProperties: values }: SchemaNode, indent: string): string {
  const of = typeof values === "object" ? typeOf(values, indent) : "unknown";
  return `Record<string, ${of}>`;
}

function objectOf({ properties = {}, required = [] }: SchemaNode, indent: string): string {
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(([name, schema]) => {
    const key = /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
    const type = typeOf(schema, inner);
    const given = required.includes(name) ? `: ${type}` : `?: ${type} | undefined`;
    return `${comment(schema, inner)}${inner}${key}${given};\n`;
  });
  return lines.length === 0 ? "Record<never, never>" : `{\n${lines.join("")}${indent}}`;
}

function union(types: string[]): string {
  return [...new Set(types)].join(" | ");
}

function inUnion(type: string): string {
  let outside = type;
  for (let before = ""; before !== outside; ) {
    before = outside;
    outside = outside.replaceAll(/\{[^{}]*\}/g, "");
  }
  return / [|&] /.test(outside) ? `(${type})` : type;
}

function comment({ description }: SchemaNode, indent: string): string {
  return description === undefined
    ? ""
    : `${indent}/** ${description.replaceAll("*/", "*\\/").replaceAll(/\s+/g, " ")} */\n`;
}
