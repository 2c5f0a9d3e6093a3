import { CircleAlert, CircleCheck, CircleSlash, History } from "lucide-react";
import type { ReactNode } from "react";
import { ScrollTable } from "#components/ui/scroll-table.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import type { CheckResult as Kind } from "#domain/people/statements/check.ts";
import type { Difference } from "#domain/people/statements/differences.ts";
import { factName, factWords } from "./fact-words.ts";

const LOOKS = {
  unaltered: { tone: "bg-present-soft text-present-ink", icon: CircleCheck, title: "Unaltered" },
  corrected: { tone: "bg-waiting-soft text-waiting-ink", icon: History, title: "Later corrected" },
  altered: { tone: "bg-lost-soft text-lost-ink", icon: CircleAlert, title: "Altered" },
  erased: { tone: "bg-sunken text-ink-2", icon: CircleSlash, title: "Erased" },
  shown: { tone: "bg-present-soft text-present-ink", icon: CircleCheck, title: "As it was issued" },
} as const;

const VERDICT_WORDS: Record<keyof typeof LOOKS, string> = {
  unaltered: "This is what was issued, and the records still say the same.",
  corrected: "This is what was issued. It was corrected later:",
  altered: "What was checked is not what was issued. Trust only what this page shows.",
  erased:
    "This is what was issued. The data of its meetings were erased since, and its facts with them.",
  shown: "The records still say the same. Compare the hash of your paper with the one below.",
};

/** The verdict of a check, and the differences. Not part of the paper. */
export function VerdictNotice({
  verdict,
  altered,
  corrected,
  face,
  isCompared = true,
}: {
  verdict: Kind;
  altered: readonly Difference[];
  corrected: readonly Difference[];
  face: ClockFormat;
  /** Whether the reader compared a copy with the statement. */
  isCompared?: boolean;
}) {
  const kind = verdict === "unaltered" && !isCompared ? "shown" : verdict;
  const { tone, icon: Icon, title } = LOOKS[kind];
  return (
    <section
      aria-label="Check"
      className="rounded-card border border-line bg-surface p-1 shadow-card print:hidden"
    >
      <div className={`flex items-start gap-3 rounded-[11px] px-4 py-3 ${tone}`}>
        <Icon aria-hidden className="mt-0.5 size-4.5 flex-none" />
        <div role="status">
          <p className="font-semibold text-lead">{title}</p>
          <p className="text-dense">{VERDICT_WORDS[kind]}</p>
        </div>
      </div>
      <Differences of="What was altered" was="Issued" is="Shown" all={altered} face={face} />
      <Differences of="What was corrected" was="Stated" is="Today" all={corrected} face={face} />
    </section>
  );
}

function Differences({
  of,
  was,
  is,
  all,
  face,
}: {
  of: string;
  was: string;
  is: string;
  all: readonly Difference[];
  face: ClockFormat;
}) {
  if (all.length === 0) return null;
  return (
    <ScrollTable label={of} height="whole" className="px-4 pt-2 pb-3">
      <table className="num w-full text-left text-dense">
        <caption className="py-1.5 text-left font-semibold">{of}</caption>
        <thead className="text-ink-2 text-caption">
          <tr>
            <th scope="col" className="py-1 pr-4 font-medium">
              Fact
            </th>
            <th scope="col" className="py-1 pr-4 font-medium">
              {was}
            </th>
            <th scope="col" className="py-1 font-medium">
              {is}
            </th>
          </tr>
        </thead>
        <tbody>
          {all.map((one) => (
            <tr key={`${one.meetingId} ${one.fact}`} className="align-top">
              <th scope="row" className="border-line border-t py-1.5 pr-4 font-medium">
                {factName(one.fact)}
                <OfMeeting id={one.meetingId} />
              </th>
              <td className="wrap-anywhere border-line border-t py-1.5 pr-4">
                {factWords(one.fact, one.was, face)}
              </td>
              <td className="wrap-anywhere border-line border-t py-1.5">
                {factWords(one.fact, one.is, face)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollTable>
  );
}

function OfMeeting({ id }: { id: string | null }): ReactNode {
  if (id === null) return null;
  return (
    <a
      href={`/meetings/${id}`}
      className="block font-normal text-ink-3 text-caption hover:underline"
    >
      of meeting …{id.slice(-6)}
    </a>
  );
}
