import type { Signing } from "#domain/integrations/outgoing/endpoint.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import type { attempt, endpoint } from "#server/integrations/outgoing/schema.ts";

/** An endpoint as the API answers it; an attempt; and a source by its name. */
export type EndpointShown = AnswerOf<typeof endpoint>;
export type AttemptShown = AnswerOf<typeof attempt>;
export interface SourceChoice {
  id: string;
  name: string;
}

/** What people call those whose payloads and signatures there are, by their names. */
export type ProviderTitles = Readonly<Record<string, string>>;

/** How webhooks are signed, in words. */
export function signingWords(signing: Signing, titles: ProviderTitles): string {
  return signing === "standard" ? "Standard Webhooks" : `as ${titles[signing]} signs`;
}
