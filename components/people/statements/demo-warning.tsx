import type { inventedIn } from "#domain/people/statements/facts.ts";

const WARNINGS = {
  all: "Made up by simulate or seed to try Rollcall. Nobody here is real, and no meeting took place.",
  some: "Meetings marked as demo were made up by simulate or seed to try Rollcall. They did not take place.",
} as const;

/** Warns that a statement about invented people proves nothing. In a frame, because paper has no backgrounds. */
export function DemoWarning({ kind }: { kind: ReturnType<typeof inventedIn> }) {
  if (kind === "nothing") return null;
  return (
    <p
      role="note"
      className="mt-3 rounded-lg border-2 border-waiting-ink bg-waiting-soft px-3.5 py-2 text-dense text-waiting-ink"
    >
      <strong className="block font-heading text-lead">Demonstration</strong>
      {WARNINGS[kind]}
    </p>
  );
}
