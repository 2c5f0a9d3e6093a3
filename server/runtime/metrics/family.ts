import type { DistributionFacts } from "#server/runtime/counts.ts";

/** A value of a metric, and by which labels it stands apart from the others of it. */
export interface Sample {
  labels: Readonly<Record<string, string>>;
  value: number;
  /** Where it is called otherwise than its metric, as the buckets of a histogram are. */
  metricName?: string;
}

/** A metric with its samples, as the client of Prometheus takes it. */
export interface MetricFamily {
  name: string;
  help: string;
  type: "counter" | "gauge" | "histogram";
  values: readonly Sample[];
}

/** What only grows as long as the process runs. */
export function counter(name: string, help: string, values: number | readonly Sample[]) {
  return family("counter", name, help, values);
}

/** What is so now. */
export function gauge(name: string, help: string, values: number | readonly Sample[]) {
  return family("gauge", name, help, values);
}

function family(
  type: "counter" | "gauge",
  name: string,
  help: string,
  values: number | readonly Sample[],
): MetricFamily {
  const samples = typeof values === "number" ? [{ labels: {}, value: values }] : values;
  return { type, name, help, values: samples };
}

/** How large values were: each bucket has all that are not larger than it. */
export function histogram(
  name: string,
  help: string,
  { bounds, counts, sum }: DistributionFacts,
): MetricFamily {
  let below = 0;
  const buckets = counts.map((count, index): Sample => {
    below += count;
    const bound = bounds[index];
    const le = bound === undefined ? "+Inf" : String(bound);
    return { metricName: `${name}_bucket`, labels: { le }, value: below };
  });
  return {
    type: "histogram",
    name,
    help,
    values: [
      ...buckets,
      { metricName: `${name}_sum`, labels: {}, value: sum },
      { metricName: `${name}_count`, labels: {}, value: below },
    ],
  };
}
