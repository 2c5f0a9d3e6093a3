import type { ReactNode } from "react";
import { isAllColumns } from "#components/lists/columns.ts";
import { PassedOverNotice } from "#components/lists/passed-over.tsx";
import { OwnChanges } from "#components/viewer/own-settings.tsx";
import { toWireTime } from "#domain/time/wire-time.ts";
import { AskedParams } from "#server/http/asked.ts";
import { paramsOf } from "#server/http/params.ts";
import { timeZoneIn } from "#server/http/period.ts";
import { callerOfPage, viewerZone } from "#server/http/viewer.ts";

/** The parameters of a page. The time zone is read from them here, because every page shows times. */
export async function askedOf(
  searchParams: Promise<Record<string, string | string[] | undefined>>,
): Promise<AskedParams> {
  const asked = AskedParams.of(paramsOf(await searchParams));
  timeZoneIn(asked, viewerZone());
  return asked;
}

/** Reads the `cols` of a list, for the notice only: the browser chooses the columns. */
export function columnsAsked(asked: AskedParams, all: readonly string[]): void {
  const ifColumns = (text: string) => (isAllColumns(text, all) ? text : null);
  asked.read("cols", ifColumns, "Columns that do not exist are left out.");
}

/** A page, below a notice of the parameters it could not answer. Read every parameter before drawing this. */
export function Answered({ asked, children }: { asked: AskedParams; children: ReactNode }) {
  return (
    <>
      <UnansweredNotice asked={asked} />
      {children}
      <OwnChanges changedAt={changedAt()} />
    </>
  );
}

/** When anything of the member was last changed for whom the page is drawn; `null` where nobody signs in. */
function changedAt(): string | null {
  const caller = callerOfPage();
  return caller?.kind === "member" ? toWireTime(caller.changedAt) : null;
}

/** The notice alone, for a page that places it itself. */
export function UnansweredNotice({ asked }: { asked: AskedParams }) {
  const passed = asked.passedOver();
  return passed.length > 0 && <PassedOverNotice passed={passed} />;
}
