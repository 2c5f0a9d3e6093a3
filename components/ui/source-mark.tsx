import type { WireSource } from "#domain/event/recorded.ts";
import { IMPORT } from "#domain/sources/imports/imports.ts";
import { DemoMark } from "./demo-mark.tsx";
import { Pill } from "./pill.tsx";

/** The source of a meeting; imported ones and demonstrations are marked. */
export function SourceMark({ source }: { source: Pick<WireSource, "provider" | "name" | "demo"> }) {
  if (source.provider !== IMPORT) {
    return (
      <>
        {source.provider}
        <DemoMark source={source} />
      </>
    );
  }
  return (
    <Pill tone="plain" className="py-0! text-mark!">
      Imported, {source.name}
    </Pill>
  );
}
