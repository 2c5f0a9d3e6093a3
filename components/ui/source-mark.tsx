import type { WireSource } from "#domain/event/recorded.ts";
import { IMPORT } from "#domain/imports/imports.ts";
import { DemoMark } from "./demo-mark.tsx";
import { Pill } from "./pill.tsx";

/** Who told of a meeting; one that was brought in with a file is marked, and one that is invented. */
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
    <Pill tone="plain" className="py-0! text-[11px]!">
      Imported, {source.name}
    </Pill>
  );
}
