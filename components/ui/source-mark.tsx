import { IMPORT } from "#domain/history/imports.ts";
import type { WireSource } from "#domain/wire.ts";
import { Pill } from "./pill.tsx";

/** Who told of a meeting; one that was brought in with a file is marked. */
export function SourceMark({ source }: { source: WireSource }) {
  if (source.provider !== IMPORT) return <>{source.provider}</>;
  return (
    <Pill tone="plain" className="py-0! text-[11px]!">
      Imported, {source.name}
    </Pill>
  );
}
