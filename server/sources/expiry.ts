import { database } from "#db/connection/client.ts";
import { MOST_KEPT_DAYS, MOST_KEPT_MONTHS } from "#domain/privacy/retention/retention.ts";
import { upTo, valueIn } from "#server/http/query.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { expiryOf } from "#server/privacy/retention/preview.ts";
import { sourceNamed } from "./named.ts";
import type { expired } from "./schema.ts";

export const EXPIRY = {
  keep_deliveries_months: upTo(MOST_KEPT_MONTHS, 1).describe(
    "Of how many months deliveries would be kept; for ever where it is left out",
  ),
  keep_people_days: upTo(MOST_KEPT_DAYS, 1).describe(
    "For how many days people would be kept; for ever where it is left out",
  ),
};

/** `GET /api/v1/sources/{id}/expiry`: what would go now by other limits. */
export async function getExpiry(url: URL, id: string): Promise<Response> {
  const source = await sourceNamed(id);
  const answer: AnswerOf<typeof expired> = await expiryOf(database(), source.id, Date.now(), {
    keepDeliveriesMonths:
      valueIn(url, "keep_deliveries_months", EXPIRY.keep_deliveries_months) ?? null,
    keepPeopleDays: valueIn(url, "keep_people_days", EXPIRY.keep_people_days) ?? null,
  });
  return Response.json(answer);
}
