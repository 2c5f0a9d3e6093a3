import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { z } from "zod";
import { TRIGGERS } from "#domain/integrations/outgoing/endpoint.ts";
import { root } from "#server/boot/project.mjs";
import { methodsOf, routes } from "#server/http/testing/routes.ts";
import { EXAMPLES } from "#server/integrations/outgoing/testing/examples.ts";
import { PAYLOADS } from "#server/integrations/outgoing/testing/payloads.ts";
import { clientTypesOf } from "./testing/client-types.ts";
import { openApiOf, operationsIn } from "./testing/document.ts";
import { withFailures } from "./testing/failures.ts";
import { withExamples } from "./testing/payload-examples.ts";
import { referenceOf } from "./testing/reference.ts";

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));
const document = openApiOf(routes, version);

/** `npm run api:write` writes the file anew. */
test("docs/openapi.json is what the routes say", async () => {
  const text = `${JSON.stringify(document, null, 2)}\n`;
  await expect(text).toMatchFileSnapshot(join(root, "docs/openapi.json"));
});

test("docs/api-reference.md is what the document says", async () => {
  const text = referenceOf(JSON.parse(JSON.stringify(document)));
  await expect(text).toMatchFileSnapshot(join(root, "docs/api-reference.md"));
});

test("the types of the client package are those of the document", async () => {
  const text = clientTypesOf(JSON.parse(JSON.stringify(document)));
  await expect(text).toMatchFileSnapshot(join(root, "client/src/api-types.ts"));
});

test("the failures in docs/api.md are those that there are", async () => {
  const path = join(root, "docs/api.md");
  await expect(withFailures(readFileSync(path, "utf8"))).toMatchFileSnapshot(path);
});

test("the examples in docs/webhooks-out.md are what is sent, and as it is documented", async () => {
  for (const trigger of TRIGGERS) {
    const sent: unknown = JSON.parse(JSON.stringify(EXAMPLES[trigger]));
    expect(PAYLOADS[trigger].schema.parse(sent)).toEqual(sent);
  }
  expect(Object.keys(document.webhooks ?? {})).toEqual([...TRIGGERS]);
  const path = join(root, "docs/webhooks-out.md");
  await expect(withExamples(readFileSync(path, "utf8"))).toMatchFileSnapshot(path);
});

test("docs/api.md names only addresses that are there, and parameters that one of them takes", () => {
  const text = readFileSync(join(root, "docs/api.md"), "utf8");
  const addresses = [
    ...text.matchAll(/`(?:(GET|POST|PUT|PATCH|DELETE) )?(\/api\/(?:v1\/)?[^`\s?*]+)`/g),
  ].map(([, method, path = ""]) => ({ method, path: shapeOf(path) }));
  expect(addresses.length).toBeGreaterThan(50);
  const operations = operationsIn(routes).map(({ method, path }) => ({
    method,
    path: shapeOf(path.replace(".{format}", "")),
  }));
  const unknown = addresses.filter(
    (named) =>
      !operations.some(
        ({ method, path }) =>
          (path === named.path && (named.method ?? method) === method) ||
          (named.method === undefined && path.startsWith(`${named.path.replace(/\/$/, "")}/`)),
      ),
  );
  expect(unknown).toEqual([]);
  const taken = new Set(operationsIn(routes).flatMap(({ takes }) => Object.keys(takes)));
  const said = text.match(/`([a-z_]+)=/g)?.map((one) => one.slice(1, -1)) ?? [];
  expect(said.length).toBeGreaterThan(5);
  expect(said.filter((name) => !taken.has(name))).toEqual([]);
});

/** An address with any name for what may be anything. */
function shapeOf(path: string): string {
  return path.replaceAll(/\{[^}]+\}/g, "{}");
}

test("it is valid OpenAPI 3.1", async () => {
  const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)));
  expect([valid, errors]).toEqual([true, undefined]);
  const broken = { ...document, info: { title: "without a version" } };
  expect((await new Validator().validate(broken)).valid).toBe(false);
});

test("every method of every route is in it, and no name of an operation twice", () => {
  const operations = operationsIn(routes);
  const described = new Set(operations.map(({ method, path }) => `${method} ${path}`));
  const own = routes
    .filter(({ folder }) => !/^(?:webhooks|auth)|\[file\]/.test(folder))
    .flatMap((route) =>
      methodsOf(route).map(
        (method) => `${method} /api/${route.folder.replaceAll(/\[(\w+)\]/g, "{$1}")}`,
      ),
    );
  expect(own.length).toBeGreaterThan(60);
  expect(own.filter((one) => !described.has(one))).toEqual([]);
  const ids = Object.values(document.paths ?? {}).flatMap((path) =>
    Object.values(path).flatMap(
      (one) => (idOf.safeParse(one).data ?? { operationId: [] }).operationId,
    ),
  );
  expect(ids.length).toBe(operations.length);
  expect(new Set(ids).size).toBe(ids.length);
});

const idOf = z.object({ operationId: z.string() });

test("every reference in it leads somewhere", () => {
  const text = JSON.stringify(document);
  const names = [...text.matchAll(/"\$ref":"#\/components\/(?:schemas|headers)\/([\w-]+)"/g)].map(
    ([, name]) => name,
  );
  expect(names.length).toBeGreaterThan(100);
  const known = new Set([
    ...Object.keys(document.components?.schemas ?? {}),
    ...Object.keys(document.components?.headers ?? {}),
  ]);
  expect(names.filter((name) => !known.has(String(name)))).toEqual([]);
  expect(text.match(/"\$ref"/g)?.length).toBe(names.length);
});
