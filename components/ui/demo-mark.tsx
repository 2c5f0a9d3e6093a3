import type { WireSource } from "#domain/event/recorded.ts";
import { Pill } from "./pill.tsx";

/** Marks what a demonstration source made, in which no person is real. */
export function DemoMark({ source }: { source: Pick<WireSource, "demo"> }) {
  if (source.demo !== true) return null;
  return (
    <>
      {" "}
      <Pill tone="waiting" className="flex-none py-0! text-mark!">
        <span title="Made by simulate or seed: nobody in it is real">demo</span>
      </Pill>
    </>
  );
}
