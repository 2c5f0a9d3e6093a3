import type { AnswerOf } from "#server/http/schema.ts";
import type { wallboard } from "#server/shares/schema.ts";

/** What a wallboard shows. */
export type Wallboard = AnswerOf<typeof wallboard>;
