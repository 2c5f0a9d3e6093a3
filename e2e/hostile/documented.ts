import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Chance } from "./chance.ts";

/*
 * What the published document of the API says can be asked, so that a new address is asked for what it takes.
 */

const Schema = z.record(z.string(), z.unknown());

const Operation = z.looseObject({
  parameters: z.array(z.looseObject({ in: z.string(), name: z.string() })).default([]),
  requestBody: z
    .looseObject({ content: z.record(z.string(), z.looseObject({ schema: z.unknown() })) })
    .optional(),
});
const Document = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});

const { paths, components } = Document.parse(JSON.parse(readFileSync("docs/openapi.json", "utf8")));
const operations = Object.values(paths).flatMap((path) => Object.values(path));

/** Every parameter that any address takes. */
export const DOCUMENTED_PARAMETERS: readonly string[] = [
  ...new Set(
    operations.flatMap(({ parameters }) =>
      parameters.flatMap(({ in: where, name }) => (where === "query" ? [name] : [])),
    ),
  ),
];

/** The lists that are sent as files, by their names: `meetings` of `meetings.csv`. */
export const FILED_LISTS: readonly string[] = Object.keys(paths).flatMap(
  (path) => /(\w+)\.\{format\}$/.exec(path)?.[1] ?? [],
);

/** The addresses of the lists of the API, besides those of something else. */
export const LISTED: readonly string[] = Object.entries(paths).flatMap(([path, { get }]) =>
  get?.parameters.some(({ name }) => name === "cursor") && !path.includes("{") ? [path] : [],
);

const bodies = operations.flatMap(
  ({ requestBody }) => requestBody?.content["application/json"]?.schema ?? [],
);

/** A body that some address takes, by its schema; `text` gives what stands where any text may. */
export function documentedBody(chance: Chance, text: () => string): unknown {
  return valueFor(chance.one(bodies), chance, text);
}

const list = z.array(z.unknown()).min(1);
const types = z.union([z.string().transform((type) => [type]), z.array(z.string()).min(1)]);
const bound = z.number();

function valueFor(given: unknown, chance: Chance, text: () => string): unknown {
  // A schema that allows anything may be written `true`.
  const schema = Schema.safeParse(given).data ?? {};
  const inner = (of: unknown) => valueFor(of, chance, text);
  const { $ref: ref } = schema;
  if (typeof ref === "string")
    return inner(components.schemas[ref.replace("#/components/schemas/", "")]);
  if ("const" in schema) return schema["const"];
  const some = list.safeParse(schema["anyOf"] ?? schema["oneOf"]);
  if (some.success) return inner(chance.one(some.data));
  const named = list.safeParse(schema["enum"]);
  if (named.success) return chance.one(named.data);
  switch (chance.one(types.safeParse(schema["type"]).data ?? ["string"])) {
    case "object": {
      const fields = Object.entries(Schema.parse(schema["properties"] ?? {}));
      return Object.fromEntries(fields.map(([name, of]) => [name, inner(of)]));
    }
    case "array":
      return Array.from({ length: 1 + chance.below(2) }, () => inner(schema["items"]));
    case "integer":
    case "number": {
      const least = bound.safeParse(schema["minimum"]).data ?? 0;
      const most = bound.safeParse(schema["maximum"]).data ?? least + 1_000;
      return least + chance.below(Math.min(most - least, 1e9) + 1);
    }
    case "boolean":
      return chance.happens(0.5);
    case "null":
      return null;
    default:
      return text();
  }
}
