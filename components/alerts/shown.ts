import type { alertRule } from "#server/alerts/schema.ts";
import type { AnswerOf } from "#server/http/schema.ts";

/** A rule as the API answers it, and a source by its name. */
export type RuleShown = AnswerOf<typeof alertRule>;
export interface RuleSource {
  id: string;
  name: string;
}
