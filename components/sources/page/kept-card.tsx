import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { askApi } from "#components/api/api.ts";
import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { TakeAwayDialog } from "#components/operator/take-away-dialog.tsx";
import type { OpenedSource } from "#components/sources/opened-source.ts";
import { NumberField } from "#components/sources/parts/number-field.tsx";
import { useSourceChange } from "#components/sources/use-source.ts";
import { queryKeys } from "#components/sync/query-keys.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { momentOf } from "#components/words/moment.ts";
import { MOST_KEPT_DAYS, MOST_KEPT_MONTHS } from "#domain/privacy/retention/retention.ts";
import { expiredLines, goneWords } from "./expired-words.ts";

const expired = async () => (await import("#server/sources/schema.ts")).expired;

/** Other limits, as they are sent: only what differs. */
interface Change {
  keep_deliveries_months?: number | null;
  keep_people_days?: number | null;
}

/** How long a source keeps what it received and who was there, and what went by that last. */
export function KeptCard({ source }: { source: OpenedSource }) {
  const { keep_deliveries_months, keep_people_days } = source;
  return (
    <Card title="How long it is kept">
      <div className="grid gap-3 px-4 py-3 *:min-w-0 sm:px-4.5">
        <KeptForm key={`${keep_deliveries_months} ${keep_people_days}`} source={source} />
        <LastGone source={source} />
      </div>
    </Card>
  );
}

function LastGone({ source: { expired: last, ...limits } }: { source: OpenedSource }) {
  const clockFormat = useClockFormat();
  const isLimited = limits.keep_deliveries_months !== null || limits.keep_people_days !== null;
  if (last === null || (!isLimited && last.done_at === null)) return null;
  return (
    <p role="status" className="num rounded-lg bg-sunken px-3 py-2 text-note text-ink-2">
      {last.done_at === null
        ? `Under way since ${momentOf(last.begun_at, clockFormat)}: ${goneWords(last)} so far.`
        : `Last looked at ${momentOf(last.done_at, clockFormat)}: ${goneWords(last)}.`}
    </p>
  );
}

function KeptForm({ source }: { source: OpenedSource }) {
  const [months, setMonths] = useState(shown(source.keep_deliveries_months));
  const [days, setDays] = useState(shown(source.keep_people_days));
  const [asked, setAsked] = useState<Change | null>(null);
  const change = useSourceChange(source.id);
  const draft = changeOf(source, months, days);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isLess = Object.values(draft).some((limit) => limit !== null);
    if (isLess) setAsked(draft);
    else change.mutate({ method: "PATCH", body: draft });
  };
  return (
    <form onSubmit={submit} className="grid grid-cols-2 gap-2.5">
      <NumberField
        label="Webhooks, in months"
        least={1}
        most={MOST_KEPT_MONTHS}
        placeholder="for ever"
        value={months}
        onChange={setMonths}
      />
      <NumberField
        label="Who was there, in days"
        least={1}
        most={MOST_KEPT_DAYS}
        placeholder="for ever"
        value={days}
        onChange={setDays}
      />
      <p className="col-span-2 text-note text-ink-3">
        Webhooks go by whole months, as they came; what was read from them stays. Of meetings that
        ended longer ago, names and ids go and every number stays. Once a day, and for good: only
        backups still have it.
      </p>
      <div className="col-span-2 flex flex-wrap items-center gap-3">
        <Button type="submit" disabled={change.isPending || Object.keys(draft).length === 0}>
          {change.isPending ? "Saving…" : "Save"}
        </Button>
        {change.error !== null && !change.isPending && asked === null && (
          <p role="alert" className="text-note text-lost-ink">
            This was not saved. {change.error.message}
          </p>
        )}
      </div>
      {asked !== null && (
        <ConfirmLimits
          source={source}
          asked={asked}
          act={change}
          onConfirm={() =>
            change.mutate({ method: "PATCH", body: asked }, { onSuccess: () => setAsked(null) })
          }
          onClose={() => setAsked(null)}
        />
      )}
    </form>
  );
}

/** Shows what would go now, and asks. */
function ConfirmLimits({
  source: { id, name },
  asked,
  ...dialog
}: {
  source: OpenedSource;
  asked: Change;
  act: ReturnType<typeof useSourceChange>;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const query = new URLSearchParams(
    Object.entries(asked).flatMap(([field, limit]): [string, string][] =>
      typeof limit === "number" ? [[field, String(limit)]] : [],
    ),
  ).toString();
  const counts = useQuery({
    queryKey: queryKeys.sourceExpiry(id, query),
    queryFn: () => askApi(`/sources/${encodeURIComponent(id)}/expiry?${query}`, expired),
    gcTime: 0,
  });
  return (
    <TakeAwayDialog
      title={
        <>
          Keep less of “<bdi>{name}</bdi>”?
        </>
      }
      lead="This goes now, for good, and from then on whatever becomes as old."
      counts={counts}
      linesFor={expiredLines}
      action="Keep no longer"
      underWay="Saving…"
      {...dialog}
    />
  );
}

/** Only the limits that differ from the stored ones; nothing where one cannot be read. */
function changeOf(source: OpenedSource, months: string, days: string): Change {
  const [deliveries, people] = [limitOf(months), limitOf(days)];
  return {
    ...(deliveries !== source.keep_deliveries_months && { keep_deliveries_months: deliveries }),
    ...(people !== source.keep_people_days && { keep_people_days: people }),
  };
}

function limitOf(text: string): number | null {
  return text.trim() === "" ? null : Number(text);
}

function shown(limit: number | null): string {
  return limit === null ? "" : String(limit);
}
