import type { AnswerOf } from "#server/http/schema.ts";
import type { openedSource } from "#server/sources/schema.ts";

/** One source as its page has it. */
export type OpenedSource = AnswerOf<typeof openedSource>;

/** Whether it was heard as far as the checklist goes. */
export function isConnected({ first }: OpenedSource): boolean {
  return first.join_at !== null && first.leave_at !== null;
}
