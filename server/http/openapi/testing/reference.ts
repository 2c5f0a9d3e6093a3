import { z } from "zod";
import { markdownTable } from "./table.ts";

const HEAD = `# The addresses of the API

Every address with its parameters, the fields it answers, and how it may be refused. What they mean is in [api.md](./api.md), and the same is in [openapi.json](./openapi.json) for programs. \`npm run api:write\` writes both from what the routes say of themselves.`;

const REFUSED =
  "What any address may answer besides, as 401 without a key, is in [api.md](./api.md#errors).";

/** What is read of a schema: its kind, or the name of the schema that it refers to. */
const schema = z.object({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  enum: z.array(z.string()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  description: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
});

const content = z.record(z.string(), z.object({ schema: z.unknown() }));
const operation = z.object({
  summary: z.string(),
  security: z.array(z.unknown()).optional(),
  parameters: z
    .array(
      z.object({
        in: z.string(),
        name: z.string(),
        description: z.string().optional(),
        schema: z.unknown(),
      }),
    )
    .default([]),
  requestBody: z.object({ content }).optional(),
  responses: z.record(
    z.string(),
    z.object({ description: z.string(), content: content.optional() }),
  ),
});
type Operation = z.infer<typeof operation>;

const documentShape = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

/** The reference of all addresses in an OpenAPI document, as a page to read. */
export function referenceOf(document: unknown): string {
  const { paths, components } = documentShape.parse(document);
  const parts = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => {
      const title = `## \`${method.toUpperCase()} ${path}\``;
      return [title, ...partsOf(one, components.schemas)].join("\n\n");
    }),
  );
  return `${[HEAD, REFUSED, ...parts].join("\n\n")}\n`;
}

function partsOf(one: Operation, named: Record<string, unknown>): string[] {
  const { summary, security, parameters, requestBody, responses } = one;
  const isOpen = security?.length === 0;
  const query = parameters.filter((parameter) => parameter.in === "query");
  const formats = parameters.filter(({ name }) => name === "format");
  const body = fieldsIn(requestBody?.content["application/json"]?.schema, named);
  const refused = Object.entries(responses).filter(([status]) => /^4(?!01|29)/.test(status));
  return [
    `${summary}.${isOpen ? " Needs no key." : ""}`,
    ...formats.map((format) => `\`format\` is ${kindOf(format.schema)}.`),
    ...tableOf(
      "parameter",
      query.map((each) => [each.name, each.schema, each.description ?? ""]),
    ),
    ...tableOf("in the body", body),
    ...Object.entries(responses)
      .filter(([status]) => /^(?:(?!304)[123]|503)/.test(status))
      .map(([status, { description, content: sent }]) => {
        const fields = fieldsIn(sent?.["application/json"]?.schema, named);
        const rows = fieldsIn(fields.find(([name]) => name === "results")?.[1], named);
        const each = rows.length === 0 ? "" : `; each of \`results\` has ${namesOf(rows)}`;
        return `${status}: ${fields.length === 0 ? description : namesOf(fields)}${each}.`;
      }),
    ...refused.map(([status, { description }]) => `${status}: ${description}.`),
  ];
}

function namesOf(fields: readonly Row[]): string {
  return fields.map(([name]) => `\`${name}\``).join(", ");
}

type Row = readonly [name: string, schema: unknown, description: string];

function tableOf(title: string, rows: readonly Row[]): string[] {
  if (rows.length === 0) return [];
  const lines = rows.map(([name, kind, description]) => [`\`${name}\``, kindOf(kind), description]);
  return [markdownTable([[title, "is", ""], ...lines])];
}

/** The fields of an object, of each kind that it may be, or of what a list has. */
function fieldsIn(given: unknown, named: Record<string, unknown>): Row[] {
  const read = schema.safeParse(given);
  if (!read.success) return [];
  const { $ref, anyOf = [], properties = {}, items } = read.data;
  if ($ref !== undefined) return fieldsIn(named[$ref.split("/").at(-1) ?? ""], named);
  const own = Object.entries(properties).map(
    ([name, kind]): Row => [name, kind, schema.parse(kind).description ?? ""],
  );
  const all = [...own, ...[...anyOf, items].flatMap((kind) => fieldsIn(kind, named))];
  return [...new Map(all.map((row) => [row[0], row])).values()];
}

/** What a value may be, in a few words. */
function kindOf(given: unknown): string {
  const { $ref, type, format, anyOf, minimum, maximum, ...rest } = schema.parse(given);
  if ($ref !== undefined) return $ref.split("/").at(-1) ?? "";
  if (rest.enum !== undefined) return rest.enum.map((word) => `\`${word}\``).join(", ");
  if (anyOf !== undefined) return [...new Set(anyOf.map(kindOf))].join(" or ");
  if (Array.isArray(type)) return type.map((one) => WORDS[one] ?? one).join(" or ");
  if (type === undefined) return "anything";
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  return format === "date-time" ? "a time" : (WORDS[type] ?? type);
}

const WORDS: Record<string, string> = {
  string: "text",
  integer: "a whole number",
  number: "a number",
  boolean: "`true` or `false`",
  array: "a list",
  object: "an object",
  null: "`null`",
};
