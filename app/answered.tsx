import type { ReactNode } from "react";
import { isAllColumns } from "#components/lists/columns.ts";
import { PassedOverNotice } from "#components/lists/passed-over.tsx";
import { AskedParams } from "#server/http/asked.ts";
import { paramsOf } from "#server/http/params.ts";
import { timeZoneIn } from "#server/http/period.ts";
import { viewerZone } from "#server/http/viewer.ts";

/** What a page is asked. Every page is asked in whose time it is to tell. */
export async function askedOf(
  searchParams: Promise<Record<string, string | string[] | undefined>>,
): Promise<AskedParams> {
  const asked = AskedParams.of(paramsOf(await searchParams));
  timeZoneIn(asked, viewerZone());
  return asked;
}

/** The columns a list is asked to show, which the browser chooses. */
export function columnsAsked(asked: AskedParams, all: readonly string[]): void {
  const ifColumns = (text: string) => (isAllColumns(text, all) ? text : null);
  asked.read("cols", ifColumns, "Columns that do not exist are left out.");
}

/** A page, below what of its address it could not answer. All it knows is read by then. */
export function Answered({ asked, children }: { asked: AskedParams; children: ReactNode }) {
  return (
    <>
      <Unanswered asked={asked} />
      {children}
    </>
  );
}

/** That alone, for a page that has a place of its own for it. */
export function Unanswered({ asked }: { asked: AskedParams }) {
  const passed = asked.passedOver();
  return passed.length > 0 && <PassedOverNotice passed={passed} />;
}
