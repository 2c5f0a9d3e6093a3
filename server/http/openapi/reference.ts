import { z } from "zod";
import openapi from "#docs/openapi.json" with { type: "json" };
import { scopeFor } from "#domain/access/scope.ts";
import type { AskedParams } from "#server/http/asked.ts";
import { exampleIn, kindOf, rowsIn, type Schemas } from "./fields.ts";
import type {
  ReferenceAnswer,
  ReferenceGroup,
  ReferenceOperation,
  ReferenceRow,
} from "./schema.ts";

/* The document of the API as a page to read. It is the same for everybody, so it is read once. */

const content = z.record(
  z.string(),
  z.object({ schema: z.unknown().optional(), example: z.unknown().optional() }),
);
const operationShape = z.object({
  operationId: z.string(),
  summary: z.string(),
  tags: z.tuple([z.string()]),
  "x-access": z.enum(["anybody", "read", "export", "write", "manage", "deliver", "owner", "self"]),
  "x-whole-installation": z.boolean(),
  parameters: z
    .array(
      z.object({
        in: z.string(),
        name: z.string(),
        description: z.string().default(""),
        required: z.boolean().default(false),
        schema: z.unknown().optional(),
      }),
    )
    .default([]),
  requestBody: z.object({ content }).optional(),
  responses: z.record(
    z.string(),
    z.object({ description: z.string(), content: content.optional() }),
  ),
});
type OperationShape = z.infer<typeof operationShape>;

const documentShape = z.object({
  paths: z.record(z.string(), z.record(z.string(), operationShape)),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

/** The operations of an OpenAPI document by what they are about, in the order of their addresses. */
export function groupsOf(document: unknown): ReferenceGroup[] {
  const { paths, components } = documentShape.parse(document);
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({
      group: one.tags[0],
      operation: operationOf(method.toUpperCase(), path, one, components.schemas),
    })),
  );
  const groups = Map.groupBy(all, ({ group }) => group);
  return [...groups].map(([name, of]) => ({
    name,
    operations: of.map(({ operation }) => operation),
  }));
}

function operationOf(
  method: string,
  path: string,
  one: OperationShape,
  named: Schemas,
): ReferenceOperation {
  const { operationId: id, summary, parameters, requestBody, responses } = one;
  const rows = (places: readonly string[]): ReferenceRow[] =>
    parameters
      .filter((parameter) => places.includes(parameter.in))
      .map(({ name, description, required, schema }) => ({
        name,
        kind: kindOf(schema, named),
        about: description,
        isNeeded: required,
      }));
  const [type, sent] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const answers = Object.entries(responses).map(
    ([status, { description, content: of }]): ReferenceAnswer => {
      const schema = of?.["application/json"]?.schema;
      const isRefusal = !/^[23]/.test(status);
      return {
        status,
        about: description,
        rows: isRefusal ? [] : rowsIn(schema, named),
        example:
          schema === undefined || isRefusal
            ? null
            : JSON.stringify(exampleIn(schema, named), null, 2),
      };
    },
  );
  const isAnswer = ({ status }: ReferenceAnswer) => /^[23]/.test(status);
  return {
    ...{ id, method, path, summary, needs: needsOf(one) },
    parameters: rows(["path", "query"]),
    headers: rows(["header"]),
    body: rowsIn(sent?.schema, named),
    request: requestOf(method, path, one, type ?? null, sent?.example ?? exampleOf(sent, named)),
    answers: answers.filter(isAnswer),
    refusals: answers.filter((answer) => !isAnswer(answer)),
  };
}

function exampleOf(sent: { schema?: unknown } | undefined, named: Schemas): unknown {
  return sent === undefined ? null : exampleIn(sent.schema, named);
}

function needsOf({ "x-access": access, "x-whole-installation": isWhole }: OperationShape): string {
  if (access === "anybody") return "Needs no key.";
  const scope = scopeFor(access);
  const whole = isWhole ? " that sees the whole installation" : "";
  if (scope === null) {
    return access === "owner"
      ? "An owner who is signed in; no key may."
      : "Whoever is signed in, for themself; no key may.";
  }
  return `A key with the scope ${scope}${whole}.`;
}

/** The call with `curl`; what has to be put in stands in capitals, as in the shell. */
function requestOf(
  method: string,
  path: string,
  { "x-access": access }: OperationShape,
  type: string | null,
  body: unknown,
): string {
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `$${name.toUpperCase()}`);
  const lines = [
    `curl ${method === "GET" ? "" : `-X ${method} `}"https://rollcall.example.com${address}"`,
    ...(access === "anybody" ? [] : [`-H "Authorization: Bearer $KEY"`]),
  ];
  if (type !== null) lines.push(`-H "Content-Type: ${type}"`);
  if (type === "application/json") {
    lines.push(`-d '${JSON.stringify(body, null, 2).replaceAll("'", "\\u0027")}'`);
  } else if (type !== null) lines.push("--data-binary @FILE");
  return lines.join(" \\\n  ");
}

/** What the page of the reference shows. */
export interface ReferencePage {
  /** Every group by name, with how many operations are about it. */
  names: readonly { name: string; count: number }[];
  /** What was searched for; `null` where nothing was. */
  q: string | null;
  /** The group that is shown whole; `null` where all are listed. */
  of: string | null;
  groups: readonly ReferenceGroup[];
}

let groups: ReferenceGroup[] | null = null;

/** The page of an address: one group whole, or a list of all operations, narrowed by the words of a search. */
export function readReference(asked: AskedParams): ReferencePage {
  groups ??= groupsOf(openapi);
  const all = groups;
  const named = (text: string) => all.find(({ name }) => name === text) ?? null;
  const group = asked.read("of", named, "All are listed.");
  const q = asked.text("q");
  return {
    names: all.map(({ name, operations }) => ({ name, count: operations.length })),
    q,
    of: group?.name ?? null,
    groups: group === null ? narrowed(all, q) : [group],
  };
}

/** The operations in which every word of a search occurs. */
function narrowed(all: readonly ReferenceGroup[], q: string | null): ReferenceGroup[] {
  const words = (q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return all.flatMap((group) => {
    const operations = group.operations.filter((operation) => {
      const text = textOf(group.name, operation);
      return words.every((word) => text.includes(word));
    });
    return operations.length === 0 ? [] : [{ ...group, operations }];
  });
}

function textOf(name: string, operation: ReferenceOperation): string {
  const { method, path, summary, parameters, body, answers } = operation;
  const rows = [...parameters, ...body, ...answers.flatMap((answer) => answer.rows)];
  const fields = rows.map((row) => `${row.name} ${row.about}`);
  return [name, method, path, summary, ...fields].join(" ").toLowerCase();
}
