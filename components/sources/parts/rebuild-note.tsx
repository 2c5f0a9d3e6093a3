import { grouped, wholePercent } from "#components/words/count.ts";
import type { SourceShown } from "#domain/sources/sources.ts";

/** What of a source moves by itself. */
export type Moving = Pick<SourceShown, "untold" | "removal">;

/** Whether it is being rebuilt or deleted. */
export function isMoving({ untold, removal }: Moving): boolean {
  return (untold !== null && !untold.stopped) || removal !== null;
}

/** How far something is, as a bar and in words. */
export function ProgressLine({
  label,
  done,
  total,
  children,
}: {
  label: string;
  done: number | null;
  total: number | null;
  children: string;
}) {
  const share = done === null || total === null ? null : Math.min(1, done / Math.max(1, total));
  return (
    <div className="grid gap-1.5">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share === null ? undefined : Math.floor(share * 100)}
        className="h-1.5 overflow-hidden rounded-full bg-sunken"
      >
        <div
          className="h-full rounded-full bg-waiting forced-colors:bg-[Highlight]"
          style={{ width: `${(share ?? 0) * 100}%` }}
        />
      </div>
      <p role="status" className="num text-note text-ink-2">
        {children}
      </p>
    </div>
  );
}

/** How far the past of a source is rebuilt, in words. */
export function rebuildWords({ done, total }: { done: number; total: number | null }): string {
  if (total === null) return "Past meetings are about to be recalculated.";
  const share = wholePercent(done, total) ?? "";
  return `Past meetings are being recalculated: ${grouped(done)} of ${grouped(total)} events${share === "" ? "" : `, ${share}`}.`;
}

/** How far the deletion of a source is, in words. */
export function removalWords({
  done,
  total,
}: {
  done: number | null;
  total: number | null;
}): string {
  if (done === null || total === null) return "It is being deleted. You may leave this page.";
  return `Being deleted: ${grouped(done)} of ${grouped(total)} webhooks and events. You may leave this page.`;
}
