import { counted, grouped, upTo } from "#components/words/count.ts";
import { trendOf } from "#domain/rooms/register/figures.ts";

const HEIGHT = 22;
const STEP = 5;

/** How many people came to the latest meetings, oldest first: a bar for each, and in words. */
export function SmallTrend({ counts }: { counts: readonly number[] }) {
  if (counts.length === 0) return <span className="text-ink-3 text-caption">none is over</span>;
  const most = Math.max(1, ...counts);
  const trend = trendOf(counts);
  return (
    <>
      <svg
        role="img"
        aria-label={`People in the last ${counted(counts.length, "meeting", "meetings")}, oldest first: ${counts.map(grouped).join(", ")}`}
        viewBox={`0 0 ${counts.length * STEP} ${HEIGHT}`}
        style={{ width: counts.length * STEP, height: HEIGHT }}
        className="block"
      >
        {counts.map((count, index) => {
          const height = Math.max(1, Math.round((count / most) * HEIGHT));
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a bar is identified by its position.
              key={index}
              x={index * STEP}
              y={HEIGHT - height}
              width={STEP - 1.5}
              height={height}
              rx="0.75"
              className={index === counts.length - 1 ? "fill-present" : "fill-present/45"}
            />
          );
        })}
      </svg>
      {trend !== null && (
        <span className="mt-0.5 block whitespace-nowrap text-ink-3 text-caption">
          {meanText(trend.lately)} lately, {meanText(trend.before)} before
        </span>
      )}
    </>
  );
}

/** A mean with one decimal, where it is not whole. */
function meanText(mean: number): string {
  return upTo(mean, 1);
}
