import { counted } from "#components/words/count.ts";

const HEIGHT = 24;
const STEP = 5;

/** How many people came to the latest meetings, oldest first: a bar for each. */
export function SmallTrend({ counts }: { counts: readonly number[] }) {
  const most = Math.max(1, ...counts);
  return (
    <svg
      role="img"
      aria-label={`People in the last ${counted(counts.length, "meeting", "meetings")}, oldest first: ${counts.join(", ")}`}
      viewBox={`0 0 ${Math.max(1, counts.length) * STEP} ${HEIGHT}`}
      style={{ width: Math.max(1, counts.length) * STEP, height: HEIGHT }}
      className="inline-block align-middle"
    >
      {counts.map((count, index) => {
        const height = Math.max(1, Math.round((count / most) * HEIGHT));
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place.
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
  );
}
