import { z } from "zod";
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathItemObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from "zod-openapi";
import { TRIGGERS } from "#domain/integrations/outgoing/endpoint.ts";
import { FAILURES } from "#server/http/failures.ts";
import { FILE_FORMATS } from "#server/http/files/formats.ts";
import { SESSION_COOKIE } from "#server/http/gate/session.ts";
import { METHODS, type Method } from "#server/http/handlers.ts";
import {
  type Body,
  type Example,
  isByType,
  isDoneOnce,
  type Operation,
  operationsOf,
} from "#server/http/operation.ts";
import { failure, type Schema } from "#server/http/schema.ts";
import type { ApiRoute } from "#server/http/testing/routes.ts";
import { EXAMPLES } from "#server/integrations/outgoing/testing/examples.ts";
import { PAYLOADS } from "#server/integrations/outgoing/testing/payloads.ts";

/** One method of an address, as the address is written in a document: `/api/v1/meetings/{id}`. */
export interface AddressedOperation extends Operation {
  method: Method;
  path: string;
}

/** Every operation of the routes, by address and method. */
export function operationsIn(routes: readonly ApiRoute[]): AddressedOperation[] {
  const all = routes.flatMap(({ folder, exports }) =>
    METHODS.flatMap((method) =>
      operationsOf(exports[method]).map((operation) => ({
        ...operation,
        method,
        path: pathOf(folder, operation),
      })),
    ),
  );
  return all.toSorted((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0));
}

function pathOf(folder: string, { list, file }: Operation): string {
  return `/api/${folder}`
    .replace("[file]", list ?? `${file}.{format}`)
    .replaceAll(/\[(\w+)\]/g, "{$1}");
}

/** The names of the parts of an address that may be anything. */
export function partsOf(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
}

/** The OpenAPI document of the routes. */
export function openApiOf(routes: readonly ApiRoute[], version: string) {
  const paths: ZodOpenApiPathsObject = {};
  for (const operation of operationsIn(routes)) {
    const method = operation.method.toLowerCase();
    paths[operation.path] = { ...paths[operation.path], [method]: operationObject(operation) };
  }
  return createDocument(
    {
      openapi: "3.1.0",
      info: {
        title: "Rollcall",
        version,
        description: "What the fields mean is in docs/api.md.",
        license: { name: "MIT", identifier: "MIT" },
      },
      servers: [{ url: "/" }],
      security: [{ key: [] }],
      paths,
      webhooks: webhooksSent(),
      components: {
        securitySchemes: {
          key: { type: "http", scheme: "bearer", description: "A key: `key create` makes one" },
          session: {
            type: "apiKey",
            in: "cookie",
            name: SESSION_COOKIE,
            description: "A browser on the machine of Rollcall, which is given it with a page",
          },
        },
      },
    },
    {
      override({ jsonSchema }) {
        // A later version may answer more, and a parameter that is absent is not null.
        delete jsonSchema.additionalProperties;
        if (jsonSchema.default === null || Array.isArray(jsonSchema.default))
          delete jsonSchema.default;
        if (jsonSchema.type !== "integer") return;
        delete jsonSchema.pattern;
        if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
        if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      },
    },
  );
}

/** What endpoints are sent, by trigger. */
function webhooksSent(): Record<string, ZodOpenApiPathItemObject> {
  const entries = TRIGGERS.map((trigger): [string, ZodOpenApiPathItemObject] => {
    const { says, schema } = PAYLOADS[trigger];
    const content = { "application/json": { schema, example: EXAMPLES[trigger] } };
    const responses = { "2XX": { description: "Taken; anything else is tried again" } };
    const operationId = `sent.${trigger}`;
    const post = { operationId, summary: says, tags: ["webhooks"], responses };
    return [trigger, { post: { ...post, requestBody: { required: true, content } } }];
  });
  return Object.fromEntries(entries);
}

function operationObject(operation: AddressedOperation): ZodOpenApiOperationObject {
  const { path, method, summary, who, takes, body = null, example } = operation;
  const query = Object.entries(takes).map(([name, kind]) => [
    name,
    kind.optional().describe(kind.description ?? name),
  ]);
  const parts = partsOf(path).map((name) => [
    name,
    name === "format" ? z.enum(FILE_FORMATS) : z.string(),
  ]);
  return {
    operationId: operationIdOf(method, path),
    summary,
    tags: [path.replace(/^\/api\/(v1\/)?/, "").split(/[/.]/)[0] ?? ""],
    "x-access": who,
    "x-whole-installation": operation.ofPart === false,
    ...(who === "anybody" && { security: [] }),
    ...((who === "owner" || who === "self") && { security: [{ session: [] }] }),
    requestParams: {
      path: z.object(Object.fromEntries(parts)),
      query: z.object(Object.fromEntries(query)),
      header: z.object(headersTaken(operation)),
    },
    ...(body !== null && { requestBody: requestOf(body, example) }),
    responses: responsesOf(operation),
  };
}

/** Whether what is answered has an `ETag`: it is JSON, and no file. */
function isTagged({ method, file, answers }: AddressedOperation): boolean {
  return method === "GET" && file === undefined && typeof answers[200] === "object";
}

function headersTaken(operation: AddressedOperation): Record<string, z.ZodType> {
  if (isTagged(operation)) {
    const words = "The `ETag` of an answer that is there already: where it is the same, 304";
    return { "If-None-Match": z.string().optional().describe(words) };
  }
  if (!isDoneOnce(operation, operation.method)) return {};
  const words =
    "1 to 255 visible characters of ASCII, new for each request: within a day it is done once, and answered the same";
  return { "Idempotency-Key": z.string().min(1).max(255).optional().describe(words) };
}

/** What is left of the requests that a key may send. */
const RATE = {
  "RateLimit-Policy": z
    .string()
    .optional()
    .meta({
      header: { id: "RateLimit-Policy" },
      description: "How many a key may send (`q`), in how many seconds (`w`)",
    }),
  RateLimit: z
    .string()
    .optional()
    .meta({
      header: { id: "RateLimit" },
      description: "How many are left (`r`), and for how many seconds (`t`)",
    }),
};
const TAG = {
  ETag: z
    .string()
    .optional()
    .meta({ header: { id: "ETag" }, description: "Names what is answered, weakly" }),
};
const AGAIN = z
  .int()
  .meta({ header: { id: "Retry-After" }, description: "After how many seconds to try again" });

/** `getMeetingsById` for GET of `/api/v1/meetings/{id}`. */
function operationIdOf(method: Method, path: string): string {
  const words = path
    .replace(/^\/api\/(v1\/)?/, "")
    .replace(".{format}", "/file")
    .replaceAll(/\{(\w+)\}/g, "by/$1")
    .split(/[^A-Za-z0-9]+/);
  const capitals = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return [method.toLowerCase(), ...capitals].join("");
}

function requestOf(body: NonNullable<Body>, example: Example | undefined) {
  const byType = isByType(body) ? body : { "application/json": body };
  const isNeeded = Object.values(byType).every((schema) => !z.safeParse(schema, {}).success);
  const content = Object.entries(byType).map(([type, schema]) => [
    type,
    { schema, ...(example !== undefined && type === "application/json" && { example }) },
  ]);
  return { required: isNeeded, content: Object.fromEntries(content) };
}

const WORDS: Record<number, string> = { 200: "OK", 201: "Created", 202: "Accepted" };

function responsesOf(operation: AddressedOperation): ZodOpenApiResponsesObject {
  const { who, answers, takes, body = null, file, text, fails = [] } = operation;
  const { refusal = failure } = operation;
  const refused = (description: string) => ({ description, content: jsonOf(refusal) });
  const responses: ZodOpenApiResponsesObject = {};
  for (const [status, answer] of Object.entries(answers)) {
    const description = WORDS[Number(status)] ?? "Not as it should be";
    responses[statusOf(status)] =
      typeof answer === "string"
        ? { description: answer, ...(text !== undefined && { content: textOf(text) }) }
        : { description, content: file === undefined ? jsonOf(answer) : filesOf(answer) };
  }
  if (isTagged(operation)) {
    const rate = who === "anybody" ? {} : RATE;
    responses["200"] = {
      ...responses["200"],
      description: "OK",
      headers: z.object({ ...TAG, ...rate }),
    };
    responses["304"] = {
      description: "As named by `If-None-Match`",
      headers: z.object({ ...TAG, ...rate }),
    };
  }
  const codes = [...fails];
  for (const [status, named] of Map.groupBy(codes, (code) => FAILURES[code].status)) {
    const words = named.map((code) => `\`${code}\`: ${FAILURES[code].when}`);
    responses[statusOf(String(status))] = refused(words.join("; "));
  }
  if (Object.keys(takes).length > 0 || body !== null) {
    const others = codes.filter((code) => FAILURES[code].status === 400);
    const named = others.map((code) => `, or \`${code}\``).join("");
    const ours = refusal === failure ? `: \`bad_<name>\`${named}` : "";
    responses["400"] = refused(`A parameter or the body cannot be used${ours}`);
  }
  if (who !== "anybody") {
    responses["401"] = refused(FAILURES.unauthorized.when);
    responses["403"] = refused(FAILURES.forbidden.when);
    const headers = z.object({ ...RATE, "Retry-After": AGAIN });
    responses["429"] = { ...refused(FAILURES.too_many_requests.when), headers };
  }
  responses["default"] = refused("Refused or failed");
  return responses;
}

function jsonOf(schema: Schema) {
  return { "application/json": { schema } };
}

function textOf(type: string) {
  return { [type]: { schema: z.string() } };
}

function filesOf(json: Schema) {
  const binary = z.string().meta({ override: { type: "string", format: "binary" } });
  return {
    "text/csv": { schema: z.string() },
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": { schema: binary },
    ...jsonOf(json),
  };
}

const statusCode = z.templateLiteral([z.enum(["1", "2", "3", "4", "5"]), z.int()]);

function statusOf(text: string) {
  return statusCode.parse(text);
}
