import { z } from "zod";
import type { ReferenceRow } from "./schema.ts";

/* What stands in the schemas of an OpenAPI document, for people to read. */

export type Schemas = Readonly<Record<string, unknown>>;

/** What is read of a schema: its kind, or the name of the schema that it refers to. */
const schemaShape = z.object({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  description: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
});
type SchemaShape = z.infer<typeof schemaShape>;

/** Deeper than this a field is named and not described: it is an answer of its own elsewhere. */
const DEEPEST = 6;

const NOTHING: SchemaShape = {};

function readIn(given: unknown, named: Schemas): SchemaShape {
  const read = schemaShape.safeParse(given);
  if (!read.success) return NOTHING;
  const { $ref, ...own } = read.data;
  if ($ref === undefined) return read.data;
  const { description = own.description, ...of } = readIn(
    named[$ref.split("/").at(-1) ?? ""],
    named,
  );
  return description === undefined ? of : { ...of, description };
}

function choicesOf({ anyOf, oneOf }: SchemaShape): readonly unknown[] {
  return anyOf ?? oneOf ?? [];
}

/** The fields of an object, of what a list has, and of each kind that it may be, with those inside of them. */
export function rowsIn(given: unknown, named: Schemas, before = "", depth = 0): ReferenceRow[] {
  if (depth > DEEPEST) return [];
  const schema = readIn(given, named);
  const rows = Object.entries(schema.properties ?? {}).flatMap(([name, inner]): ReferenceRow[] => {
    const path = before === "" ? name : `${before}.${name}`;
    const row = {
      name: path,
      kind: kindOf(inner, named),
      about: readIn(inner, named).description ?? "",
      isNeeded: schema.required?.includes(name) === true,
    };
    return [row, ...rowsIn(inner, named, path, depth + 1)];
  });
  const all = [
    ...rows,
    ...choicesOf(schema).flatMap((choice) => rowsIn(choice, named, before, depth + 1)),
    ...(schema.items === undefined ? [] : rowsIn(schema.items, named, `${before}[]`, depth + 1)),
  ];
  return [...new Map(all.map((row) => [row.name, row])).values()];
}

/** What a value may be, in a few words. */
export function kindOf(given: unknown, named: Schemas, depth = 0): string {
  const schema = readIn(given, named);
  const { type, format, minimum, maximum } = schema;
  if (depth > DEEPEST) return "the same again";
  if (schema.const !== undefined) return String(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(String).join(", ");
  const choices = choicesOf(schema);
  if (choices.length > 0) {
    return [...new Set(choices.map((one) => kindOf(one, named, depth + 1)))].join(" or ");
  }
  if (Array.isArray(type)) return type.map((one) => WORDS[one] ?? one).join(" or ");
  if (type === "array") return `a list of ${kindOf(schema.items, named, depth + 1)}`;
  if (type === undefined) return "anything";
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  return format === "date-time" ? "a time" : (WORDS[type] ?? type);
}

const WORDS: Record<string, string> = {
  string: "text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  object: "an object",
  null: "null",
};

/** A value that a schema allows, with each field that it has. */
export function exampleIn(given: unknown, named: Schemas, name = "", depth = 0): unknown {
  const schema = readIn(given, named);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const [choice] = choicesOf(schema);
  if (choice !== undefined)
    return depth > DEEPEST ? null : exampleIn(choice, named, name, depth + 1);
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case "object": {
      const fields = depth > DEEPEST ? [] : Object.entries(schema.properties ?? {});
      return Object.fromEntries(
        fields.map(([field, inner]) => [field, exampleIn(inner, named, field, depth + 1)]),
      );
    }
    case "array":
      return depth > DEEPEST ? [] : [exampleIn(schema.items, named, name, depth + 1)];
    case "integer":
    case "number":
      return name.endsWith("_ms") ? 60_000 : Math.max(schema.minimum ?? 1, 1);
    case "boolean":
      return false;
    case "string":
      return textFor(schema, name);
    default:
      return null;
  }
}

function textFor({ format }: SchemaShape, name: string): string {
  if (format === "date-time") return "2026-11-20T10:02:11.000Z";
  if (name === "next") return "https://rollcall.example.com/api/v1/…?cursor=…";
  if (name === "id" || name.endsWith("_id")) return "0197a3c2-5b1e-7c33-9d40-6f1f6f3a2b10";
  return name === "" ? "text" : name;
}
