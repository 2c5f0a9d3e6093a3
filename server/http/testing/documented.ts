import { expect } from "vitest";
import { z } from "zod";
import { FAILURES, isAnywhere } from "#server/http/failures.ts";
import type { Operation } from "#server/http/operation.ts";
import { failure, type Schema } from "#server/http/schema.ts";

/**
 * Fails unless an answer is one that its operation documents: the status, and every field of the JSON, with none that
 * the schema does not know. What is streamed is not read.
 */
export async function expectDocumented(operation: Operation, answer: Response): Promise<void> {
  const { answers, refusal = failure } = operation;
  const type = answer.headers.get("content-type");
  if (answer.status === 304) {
    expect(typeof answers[200], "what is read again can be read").toBe("object");
    return;
  }
  const schema = answers[answer.status] ?? refusal;
  const what = `${answer.status} of “${operation.summary}”`;
  if (answers[answer.status] === undefined) {
    expect(answer.status, `${what} is documented`).toBeGreaterThanOrEqual(400);
  }
  if (typeof schema === "string") {
    if (operation.text === undefined) expect(answer.body, what).toBeNull();
    else expect(type, what).toContain(operation.text);
    return;
  }
  if (type !== "application/json" || operation.file !== undefined) return;
  const json: unknown = await answer.clone().json();
  expectOf(schema, json, what);
  if (schema === failure) expectNamed(operation, answer.status, failure.parse(json).error.code);
}

/** Fails unless a value is as its schema says, without any more. */
function expectOf(schema: Schema, value: unknown, what: string): void {
  const read = z.safeParse(schema, value);
  expect(read.error?.issues ?? [], what).toEqual([]);
  expect(value, `every field of ${what} is in its schema`).toEqual(read.data);
}

/** Fails unless an operation may refuse with this code. */
function expectNamed({ takes, fails = [], summary }: Operation, status: number, code: string) {
  const ofParameters = [...Object.keys(takes).map((name) => `bad_${name}`), "bad_time"];
  const named: readonly string[] = fails;
  const isNamed = named.includes(code) || isAnywhere(code) || ofParameters.includes(code);
  expect(isNamed, `“${summary}” may be refused as ${code}`).toBe(true);
  const known = Object.entries(FAILURES).find(([name]) => name === code);
  expect(known?.[1].status ?? 400, code).toBe(status);
}
