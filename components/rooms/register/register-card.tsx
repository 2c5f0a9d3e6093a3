"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { Choice } from "#components/lists/choice.tsx";
import type { Address } from "#components/lists/use-address.ts";
import { useDraft } from "#components/lists/use-draft.ts";
import { SearchField } from "#components/ui/search-field.tsx";
import { SkipPast } from "#components/ui/skip-past.tsx";
import { usePrinting } from "#components/ui/use-printing.ts";
import { ClockFormat } from "#components/words/clock-format.ts";
import { counted } from "#components/words/count.ts";
import type { RegisterPage } from "#domain/rooms/register/page.ts";
import type { Register } from "#domain/rooms/register/register.ts";
import { CellKey } from "./matrix/cell-mark.tsx";
import { dayLabels } from "./matrix/day-labels.ts";
import { RegisterTable } from "./matrix/register-table.tsx";
import { lateFromWords } from "./matrix/start-words.ts";
import { REGISTER_SORTS, registerSortIn, SORT_WORDS, seenRows } from "./order.ts";
import { PrintRegister } from "./print-register.tsx";

/** The register itself, with a search for people and a choice of their order. */
export function RegisterCard({
  page,
  register,
  address,
}: {
  page: RegisterPage;
  register: Register;
  address: Address;
}) {
  const { meetings, people } = register;
  const { timeZone } = page.period;
  const params = useSearchParams();
  const sort = registerSortIn(params);
  const text = params?.get("q") ?? "";
  const { go } = address;
  const lookFor = useCallback((q: string) => go({ q }), [go]);
  const [draft, setDraft] = useDraft(text, lookFor);
  const labels = useMemo(() => dayLabels(meetings, ClockFormat.in(timeZone)), [meetings, timeZone]);
  const rows = useMemo(() => seenRows(people, sort, text), [people, sort, text]);
  const isPrinting = usePrinting();
  const lateFrom = lateFromWords(meetings);
  const { held } = page.figures;
  return (
    <section
      aria-labelledby="register"
      className="overflow-hidden rounded-card border border-line bg-surface shadow-card print:overflow-visible print:border-0 print:shadow-none"
    >
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-line border-b px-4 py-2 sm:px-4.5 print:hidden">
        <h2 id="register" className="font-semibold text-dense tracking-card">
          Register{" "}
          <span className="num font-normal text-ink-3">
            {counted(rows.length, "person", "people")}
          </span>
        </h2>
        <div className="flex w-full flex-wrap gap-2 sm:w-auto">
          <SearchField label="Search people" value={draft} onChange={setDraft} />
          <div className="w-full sm:w-auto">
            <Choice
              label="Order of the people"
              value={sort}
              onChange={(next) => address.go({ sort: next === "name" ? null : next })}
            >
              {REGISTER_SORTS.map((one) => (
                <option key={one} value={one}>
                  {SORT_WORDS[one]}
                </option>
              ))}
            </Choice>
          </div>
        </div>
        <div className="grid gap-1">
          <CellKey hasErased={meetings.some(({ erased }) => erased)} />
          {lateFrom !== null && (
            <p className="num text-ink-2 text-caption">Late counts from {lateFrom}.</p>
          )}
        </div>
      </header>
      {rows.length === 0 ? (
        <p className="px-6 py-12 text-center text-ink-2">
          {people.length === 0
            ? "Nobody came in or waited, or nothing is known of them any more."
            : "Nobody matches your search."}
        </p>
      ) : (
        <>
          <div className="print:hidden">
            <SkipPast what="register">
              <RegisterTable
                meetings={meetings}
                labels={labels}
                rows={rows}
                held={held}
                timeZone={timeZone}
                isPending={address.isPending}
              />
            </SkipPast>
          </div>
          {isPrinting && (
            <PrintRegister page={page} meetings={meetings} labels={labels} rows={rows} />
          )}
        </>
      )}
      <p role="status" className="sr-only">
        {address.isPending ? "" : `${counted(rows.length, "person", "people")} in the register`}
      </p>
    </section>
  );
}
