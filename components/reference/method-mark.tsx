import { Pill, type Tone } from "#components/ui/pill.tsx";

const TONES: Readonly<Record<string, Tone>> = {
  GET: "present",
  DELETE: "lost",
};

/** The method of an operation: what reads, what takes away, and what else changes something. */
export function MethodMark({ method }: { method: string }) {
  return <Pill tone={TONES[method] ?? "waiting"}>{method}</Pill>;
}
