/** A metric as its text says it. */
export interface ParsedMetric {
  help: string;
  type: string;
  samples: { name: string; labels: Record<string, string>; value: number }[];
}

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"/y;
const NUMBER = /^(?:[+-]?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Inf)|NaN)$/i;

/**
 * Reads the text format of Prometheus as its documentation defines it (version 0.0.4), and takes nothing else: each
 * metric has one HELP and one TYPE before its samples, all in one place, and no sample comes twice.
 */
export function parseExposition(text: string): Map<string, ParsedMetric> {
  if (!text.endsWith("\n")) throw new SyntaxError("the last line does not end");
  const metrics = new Map<string, ParsedMetric>();
  const seen = new Set<string>();
  let current: { name: string; metric: ParsedMetric } | null = null;
  for (const line of text.split("\n").filter((one) => one !== "")) {
    const [, kind, name = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (kind === "HELP") {
      if (metrics.has(name)) throw new SyntaxError(`${name} comes twice`);
      current = { name, metric: { help: rest, type: "", samples: [] } };
      metrics.set(name, current.metric);
    } else if (kind === "TYPE") {
      if (current?.name !== name || current.metric.type !== "") throw new SyntaxError(line);
      current.metric.type = rest;
    } else {
      const sample = sampleIn(line);
      const id = JSON.stringify([sample.name, Object.entries(sample.labels).toSorted()]);
      if (seen.has(id)) throw new SyntaxError(`${line} comes twice`);
      seen.add(id);
      if (current === null || !isOf(sample.name, current)) throw new SyntaxError(`astray: ${line}`);
      current.metric.samples.push(sample);
    }
  }
  return metrics;
}

function isOf(sample: string, { name, metric }: { name: string; metric: ParsedMetric }): boolean {
  if (metric.type !== "histogram" && metric.type !== "summary") return sample === name;
  return [name, `${name}_bucket`, `${name}_sum`, `${name}_count`].includes(sample);
}

function sampleIn(line: string): ParsedMetric["samples"][number] {
  NAME.lastIndex = 0;
  const name = NAME.exec(line)?.[0];
  if (name === undefined) throw new SyntaxError(line);
  let at = name.length;
  const labels: Record<string, string> = {};
  if (line[at] === "{") {
    do {
      LABEL.lastIndex = at + 1;
      const [whole = "", label = "", value = ""] = LABEL.exec(line) ?? [];
      if (whole === "" || label in labels) throw new SyntaxError(line);
      labels[label] = value.replaceAll(/\\(.)/g, (_, one) => (one === "n" ? "\n" : one));
      at += 1 + whole.length;
    } while (line[at] === ",");
    if (line[at] !== "}") throw new SyntaxError(line);
    at += 1;
  }
  const value = line.slice(at + 1);
  if (line[at] !== " " || !NUMBER.test(value)) throw new SyntaxError(line);
  return { name, labels, value: Number(value.replace(/Inf/, "Infinity")) };
}
