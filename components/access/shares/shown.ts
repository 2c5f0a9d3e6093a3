import type { share } from "#server/access/shares/schema.ts";
import type { AnswerOf } from "#server/http/schema.ts";

/** A link as it is listed: never its address. */
export type ShareShown = AnswerOf<typeof share>;
