import type { AnswerOf } from "#server/http/schema.ts";
import type { share } from "#server/shares/schema.ts";

/** A link as it is listed: never its address. */
export type ShareShown = AnswerOf<typeof share>;
