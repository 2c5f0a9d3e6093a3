import type { alertChannel } from "#server/desk/alerts/channels/schema.ts";
import type { alertRule } from "#server/desk/alerts/schema.ts";
import type { AnswerOf } from "#server/http/schema.ts";

/** A rule as the API answers it, and a source or a group of rooms by its name. */
export type RuleShown = AnswerOf<typeof alertRule>;
export interface RuleChoice {
  id: string;
  name: string;
}

/** Where alerts are told besides the screens, as the API answers it. */
export type ChannelShown = AnswerOf<typeof alertChannel>;
