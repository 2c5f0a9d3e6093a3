import { MOST_SEQ } from "#domain/event/recorded.ts";
import type { Ms } from "#domain/time/ms.ts";
import { upTo } from "#server/http/query.ts";

const MOST_GRACE_MS: Ms = 86_400_000;

/** With which grace a meeting is projected, instead of its source's. */
export const GRACE = upTo(MOST_GRACE_MS).describe("Projects the meeting with another grace");
export const AFTER_SEQ = upTo(MOST_SEQ).describe("Continues a list after the event of this seq");
