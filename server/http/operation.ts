import type { AuditAction } from "#domain/access/audit/audit.ts";
import type { Access } from "#domain/access/scope.ts";
import type { NamedFailure } from "./failures.ts";
import type { Query } from "./parameters.ts";
import type { Schema } from "./schema.ts";

/** What is said of an endpoint for those who ask it. */
export interface Described {
  /** What it does, in a few words. */
  summary: string;
  /** What it answers, by status: the schema of its JSON, or words where it is none. */
  answers: Readonly<Record<number, Schema | string>>;
  /** The media type of what it answers in words of its own, where these are no JSON. */
  text?: string;
  /** What it may refuse besides what any address does. */
  fails?: readonly NamedFailure[];
}

/** What an endpoint that is sent JSON may be sent, for instance: it is documented, and tests ask with it. */
export type Example = Readonly<Record<string, unknown>>;

/** What an endpoint is sent: JSON, or by media type; `null` where nothing is read. */
export type Body = Schema | Readonly<Record<`${string}/${string}`, Schema>> | null;

/** What is noted in the audit log where it is done, or why nothing is. */
export type Noted = AuditAction | readonly AuditAction[] | { nothing: string };

/** All that is known of one method of an address, but for how it is answered. */
export interface Operation extends Query, Described {
  who: "anybody" | Access;
  /** Whether somebody who sees a part of the installation may ask it; absent for yes. */
  ofPart?: boolean;
  body?: Body;
  example?: Example;
  /** The list whose files it sends, `meetings` for `meetings.csv` and so on. */
  file?: string;
  /** The list that it answers, as one of several at one route. */
  list?: string;
  audit?: Noted;
  /** Where refusals have another shape than elsewhere. */
  refusal?: Schema;
}

/** Whether a write may say by an `Idempotency-Key` that it is to be done once. A file adds nothing twice by itself. */
export function isDoneOnce({ who }: Pick<Operation, "who">, method: string): boolean {
  return method !== "GET" && method !== "HEAD" && who !== "anybody" && who !== "deliver";
}

const documented = new WeakMap<object, readonly Operation[]>();

/** Notes what a handler does: one operation, or one for each list whose files it sends. */
export function document(handler: object, operations: readonly Operation[]): void {
  documented.set(handler, operations);
}

/** What something that a route exports does; nothing where it is no handler of an endpoint. */
export function operationsOf(value: unknown): readonly Operation[] {
  return (typeof value === "function" ? documented.get(value) : null) ?? [];
}

/** Whether a body is named by media type. */
export function isByType(
  body: NonNullable<Body>,
): body is Readonly<Record<`${string}/${string}`, Schema>> {
  return !("_zod" in body);
}
