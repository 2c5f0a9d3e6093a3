import { Card } from "#components/ui/card.tsx";
import { grouped } from "#components/words/count.ts";
import { formatDuration, formatSetting } from "#components/words/duration.ts";
import { outcomeWord } from "#components/words/wait-words.ts";
import { positionAmongBins, type WaitBin } from "#domain/waits/wait-bins.ts";
import type { WaitingPage } from "#domain/waits/waiting-page.ts";

const TOP = 30;
const HEIGHT = 168;
const BASE = TOP + HEIGHT;
/** The least height of a bar, so that a count above zero is always visible. */
const LEAST = 2;
/** People who left are an outline, hatched where they left shortly: distinct without colours too. */
const HOLLOW = "fill-lost-soft stroke-lost stroke-[1.5px]";

/** How long people waited: a bar for those admitted and one for those who left, by length. */
export function Histogram({ page }: { page: WaitingPage }) {
  const { bins, lens } = page;
  const most = Math.max(
    1,
    ...bins.map(({ admitted, left, short }) => Math.max(admitted, left + short)),
  );
  const tall = (count: number) => (count === 0 ? 0 : Math.max(LEAST, (count / most) * HEIGHT));
  const width = 100 / bins.length;
  const targetAt = positionAmongBins(lens.targetMs) * width;
  const isLate = targetAt > 70;
  return (
    <Card
      title="How long they waited"
      className="min-w-0"
      aside={
        <ul className="flex flex-wrap gap-x-3 text-ink-2 text-caption">
          <Key className="bg-present">{outcomeWord("admitted")}</Key>
          <Key className="border-[1.5px] border-lost bg-lost-soft">{outcomeWord("left")}</Key>
          <Key className="hatched">{outcomeWord("short")}</Key>
        </ul>
      }
    >
      <div className="px-4 pt-3 pb-3 sm:px-4.5">
        <svg
          role="img"
          aria-label={sentence(page)}
          width="100%"
          height={BASE + 24}
          className="num block overflow-visible text-mark"
        >
          <title>{sentence(page)}</title>
          <defs>
            <pattern
              id="short-leaves"
              width="5"
              height="5"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <rect width="5" height="5" className="fill-lost-soft" />
              <rect width="1.6" height="5" className="fill-lost" />
            </pattern>
          </defs>
          <line x1="0" x2="100%" y1={BASE} y2={BASE} className="stroke-line" />
          {bins.map((bin, index) => {
            const x = index * width;
            const left = tall(bin.left);
            const short = tall(bin.short);
            return (
              <g key={bin.fromMs}>
                <Bar
                  x={x + width * 0.12}
                  width={width * 0.38}
                  y={BASE - tall(bin.admitted)}
                  height={tall(bin.admitted)}
                  className="fill-present"
                />
                <Bar
                  x={x + width * 0.53}
                  width={width * 0.32}
                  y={BASE - left}
                  height={left}
                  className={HOLLOW}
                />
                <Bar
                  x={x + width * 0.53}
                  width={width * 0.32}
                  y={BASE - left - short}
                  height={short}
                  fill="url(#short-leaves)"
                />
                <text
                  x={`${x + width / 2}%`}
                  y={BASE + 16}
                  textAnchor="middle"
                  className="fill-ink-3"
                >
                  {endWord(bin)}
                </text>
              </g>
            );
          })}
          <line
            x1={`${targetAt}%`}
            x2={`${targetAt}%`}
            y1={TOP - 22}
            y2={BASE}
            strokeDasharray="3 3"
            className="stroke-ink-2"
          />
          <text
            x={`${targetAt}%`}
            y={TOP - 14}
            dx={isLate ? -6 : 6}
            textAnchor={isLate ? "end" : "start"}
            className="fill-ink-2"
          >
            target {formatSetting(lens.targetMs)}
          </text>
        </svg>
        <details className="mt-1 text-dense print:hidden">
          <summary className="cursor-pointer text-ink-3 text-caption hover:text-ink">
            As a table
          </summary>
          <div className="relative overflow-x-auto">
            <table className="num mt-2 w-full text-right">
              <caption className="sr-only">Waits by their length</caption>
              <thead className="text-ink-2 text-caption">
                <tr>
                  <th scope="col" className="py-1 text-left font-medium">
                    Waited
                  </th>
                  <th scope="col" className="font-medium">
                    Admitted
                  </th>
                  <th scope="col" className="font-medium">
                    Left
                  </th>
                  <th scope="col" className="font-medium">
                    Within 10 s
                  </th>
                </tr>
              </thead>
              <tbody>
                {bins.map((bin) => (
                  <tr key={bin.fromMs} className="border-line border-t">
                    <th scope="row" className="py-1 text-left font-normal">
                      {binWords(bin)}
                    </th>
                    <td>{grouped(bin.admitted)}</td>
                    <td>{grouped(bin.left)}</td>
                    <td>{grouped(bin.short)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      </div>
    </Card>
  );
}

function Key({ className, children }: { className: string; children: string }) {
  return (
    <li className="flex items-center gap-1.5">
      <span className={`size-2.5 rounded-xs ${className}`} />
      {children}
    </li>
  );
}

function Bar({
  x,
  width,
  ...rest
}: {
  x: number;
  width: number;
  y: number;
  height: number;
  className?: string;
  fill?: string;
}) {
  if (rest.height === 0) return null;
  return <rect x={`${x}%`} width={`${width}%`} rx="2" {...rest} />;
}

/** The label below a bar: its upper end. */
function endWord({ fromMs, toMs }: WaitBin): string {
  if (toMs === null) return "longer";
  if (toMs % 3_600_000 === 0) return `${toMs / 3_600_000} h`;
  return toMs % 60_000 === 0 && fromMs >= 60_000 ? String(toMs / 60_000) : formatDuration(toMs);
}

function binWords({ fromMs, toMs }: WaitBin): string {
  if (toMs === null) return `longer than ${formatSetting(fromMs)}`;
  if (fromMs === 0) return `up to ${formatSetting(toMs)}`;
  return `${formatSetting(fromMs)} to ${formatSetting(toMs)}`;
}

function sentence({ bins, lens: { targetMs }, count }: WaitingPage): string {
  const busiest = bins.reduce((most, bin) => (bin.admitted > most.admitted ? bin : most));
  return count.admitted === 0
    ? "Nobody was admitted."
    : `Of ${grouped(count.admitted)} admitted, ${grouped(count.admittedWithin)} waited no longer than ${formatSetting(targetMs)}; most often ${binWords(busiest)}.`;
}
