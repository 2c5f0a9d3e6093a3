import type { Database } from "#db/connection/client.ts";
import type { ProjectorNumbers } from "#server/ingest/projecting.ts";
import type { ProcessCounts } from "#server/runtime/counts.ts";
import { counter, gauge, histogram, type MetricFamily, type Sample } from "./family.ts";

/** What this process did and has to do: each process on a database reports its own. */
export function processFamilies(
  counts: ProcessCounts,
  projector: ProjectorNumbers | null,
  pools: Database["pools"],
): MetricFamily[] {
  const { door, relaySeconds, pageErrors } = counts;
  const projection = projector?.counts ?? counts.projectionFacts();
  const queue = counts.queues.reduce((sum, waiting) => sum + waiting(), 0);
  return [
    counter(
      "rollcall_deliveries_kept_total",
      "Webhooks that this process stored, repeats apart.",
      door.kept,
    ),
    counter(
      "rollcall_deliveries_repeated_total",
      "Webhooks that were stored before already, as a provider that got no answer sends them again.",
      door.repeated,
    ),
    counter(
      "rollcall_deliveries_projected_total",
      "Stored webhooks that this process projected, its own and those that another left.",
      projection.deliveries,
    ),
    counter(
      "rollcall_events_projected_total",
      "Events in the webhooks that this process projected.",
      projection.events,
    ),
    histogram(
      "rollcall_acknowledgement_seconds",
      "Seconds from the arrival of a webhook until its 200, when it is on the disk; refused ones apart.",
      door.answerSeconds,
    ),
    histogram("rollcall_keep_batch_size", "Webhooks stored by one commit.", door.batchSizes),
    histogram("rollcall_keep_seconds", "Seconds that such a commit took.", door.batchSeconds),
    gauge("rollcall_keep_queue", "Webhooks that wait for the next commit.", queue),
    histogram(
      "rollcall_projection_batch_size",
      "Webhooks projected by one transaction.",
      projection.batchSizes,
    ),
    histogram(
      "rollcall_projection_seconds",
      "Seconds that such a transaction took, with its repetitions.",
      projection.batchSeconds,
    ),
    histogram(
      "rollcall_projection_delay_seconds",
      "Seconds from when a webhook was stored, or found unprojected, until it was projected.",
      projection.delaySeconds,
    ),
    histogram(
      "rollcall_relay_lag_seconds",
      "Seconds from a notification of the database until what it led to was handed to all sockets.",
      relaySeconds,
    ),
    gauge("rollcall_sockets", "Open connections of the live channel.", counts.sockets()),
    ...poolFamilies(pools, projector),
    counter("rollcall_page_errors_total", "Errors that pages reported, by what became of them.", [
      { labels: { outcome: "logged" }, value: pageErrors.logged },
      { labels: { outcome: "dropped" }, value: pageErrors.dropped },
    ]),
  ];
}

function poolFamilies(own: Database["pools"], projector: ProjectorNumbers | null) {
  const pools = { ...own, ...(projector?.pool && { projector: projector.pool }) };
  const samples = (of: "size" | "underWay"): Sample[] =>
    Object.entries(pools).map(([pool, load]) => ({ labels: { pool }, value: load[of] }));
  return [
    gauge(
      "rollcall_database_connections_limit",
      "Connections to the database that a pool may open.",
      samples("size"),
    ),
    gauge(
      "rollcall_database_work",
      "Statements and transactions of a pool under way; above its limit they wait for each other.",
      samples("underWay"),
    ),
  ] satisfies MetricFamily[];
}

/** Refused webhooks, of sources for which that is to be seen. */
export function refusedFamily(
  { refused }: Pick<ProcessCounts, "refused">,
  isSeen: (source: string) => boolean,
): MetricFamily {
  const samples = [...refused].flatMap(([source, reasons]) =>
    isSeen(source)
      ? [...reasons].map(([reason, value]) => ({ labels: { source, reason }, value }))
      : [],
  );
  return counter(
    "rollcall_refused_total",
    "Webhooks that this process refused, by source and reason; without a source where none exists at the address.",
    samples,
  );
}
