import { ApiError } from "#server/http/answer.ts";
import type {
  ProviderApiFailure,
  ProviderApiProblem,
} from "#server/providers/contract/provider-api.ts";

/** What is told of a failure: what the provider refused, to follow its title, and what of it is changed here. */
interface Words {
  refused: string;
  unchanged: string;
}

const CODES = {
  key_refused: "provider_key_refused",
  refused: "provider_refused",
  busy: "provider_busy",
  away: "provider_away",
} as const satisfies Record<ProviderApiProblem, string>;

/** What somebody is answered for whom a provider's API did not do what it was asked: 422, with what it said. */
export function providerRefusal(
  title: string,
  { problem, said }: ProviderApiFailure,
  { refused, unchanged }: Words,
): ApiError {
  const why: Record<ProviderApiProblem, string> = {
    key_refused: "does not accept this key.",
    refused,
    busy: "asks for patience: try again in a minute.",
    away: `could not be reached, or failed itself. ${unchanged}`,
  };
  const quoted = said === null ? "" : ` It says: “${said}”`;
  return new ApiError(422, CODES[problem], `${title} ${why[problem]}${quoted}`);
}
