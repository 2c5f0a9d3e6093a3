import type { wallboard } from "#server/access/shares/schema.ts";
import type { AnswerOf } from "#server/http/schema.ts";

/** What a wallboard shows. */
export type Wallboard = AnswerOf<typeof wallboard>;
