import type { SourceShown } from "#domain/sources/sources.ts";

/** A source of Daily that was never heard, but for what is said of it. */
export function shownSource(
  id: string,
  name: string,
  more: Partial<SourceShown> = {},
): SourceShown {
  return {
    id,
    provider: "daily",
    name,
    webhookPath: `/api/webhooks/daily/${id}`,
    partsByGap: true,
    emptyGapMs: 120_000,
    graceMs: 30_000,
    noteTakers: [],
    joinsBots: true,
    takesCalendar: false,
    keepDeliveriesMonths: null,
    keepPeopleDays: null,
    retained: null,
    createdAt: "2026-11-20T10:00:00.000Z",
    pausedAt: null,
    lastAt: null,
    silence: { state: "unheard", usualMs: null, allowedMs: null, weeks: 0 },
    untold: null,
    refused: null,
    removal: null,
    ...more,
  };
}
