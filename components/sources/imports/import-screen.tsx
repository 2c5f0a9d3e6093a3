"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Choice } from "#components/lists/choice.tsx";
import { useLiveParts } from "#components/sync/live-provider.tsx";
import { Breadcrumb, Step } from "#components/ui/breadcrumb.tsx";
import { Button } from "#components/ui/button.tsx";
import { CONTROL, Field } from "#components/ui/field.tsx";
import { PageName } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { May, NotYours } from "#components/viewer/may.tsx";
import { counted } from "#components/words/count.ts";
import { ZoneField } from "#components/zone/zone-field.tsx";
import type { ImportsPage } from "#domain/sources/imports/imports.ts";
import type { Chosen } from "./chosen-files.ts";
import { DropZone } from "./drop-zone.tsx";
import { FileCard } from "./file-card.tsx";
import { ImportedList } from "./imported-list.tsx";
import type { ImportSettings } from "./send-file.ts";
import { useImports } from "./use-imports.ts";

/** Imports attendance files of other providers: first a preview of what they would add, then the import. */
export function ImportScreen({ page }: { page: ImportsPage }) {
  const { timeZone } = useLiveParts();
  const [settings, setSettings] = useState<ImportSettings>({
    tz: timeZone,
    dates: "",
    day: "",
    room: "",
  });
  const router = useRouter();
  const { chosen, choose, answer, add, drop } = useImports(settings, () => router.refresh());
  return (
    <>
      <PageTitle name="Import" />
      <Breadcrumb>
        <Step at="first" href="/meetings">
          Meetings
        </Step>
        <Step at="last">Import</Step>
      </Breadcrumb>
      <PageName title="Import attendance files" />
      <p className="max-w-2xl text-ink-2">
        Attendance reports of Zoom, Teams and Meet are added to the history, marked as imported. A
        line that is already there is never added twice, whichever file it comes in, and an import
        can be removed again.
      </p>
      <div className="my-4.5 grid max-w-3xl gap-4">
        <May
          access="deliver"
          needs="everything"
          otherwise={<NotYours doing="imports attendance files" />}
        >
          <DropZone onFiles={choose} />
          <HowToRead settings={settings} onChange={setSettings} />
          {chosen.map((one) => (
            <FileCard
              key={one.id}
              chosen={one}
              onAnswer={(own) => answer(one.id, own)}
              onDrop={() => drop(one.id)}
            />
          ))}
          <AddAll chosen={chosen} onAdd={add} />
        </May>
        <ImportedList page={page} />
      </div>
    </>
  );
}

/** What files do not contain themselves. */
function HowToRead({
  settings,
  onChange,
}: {
  settings: ImportSettings;
  onChange: (settings: ImportSettings) => void;
}) {
  const { tz, dates, day, room } = settings;
  return (
    <fieldset className="grid grid-cols-2 items-end gap-x-2.5 gap-y-2 sm:grid-cols-4">
      <legend className="sr-only">How the files are read</legend>
      <Field label="Time zone of the files">
        <ZoneField zone={tz} onZone={(zone) => onChange({ ...settings, tz: zone })} />
      </Field>
      <Field label="Dates such as 03/04/2026">
        <Choice
          value={dates}
          onChange={(value) =>
            onChange({
              ...settings,
              dates: value === "month_first" || value === "day_first" ? value : "",
            })
          }
        >
          <option value="">Detect from the file</option>
          <option value="month_first">Month first</option>
          <option value="day_first">Day first</option>
        </Choice>
      </Field>
      <Field label="Day, if a file has none">
        <input
          type="date"
          value={day}
          onChange={({ target }) => onChange({ ...settings, day: target.value })}
          className={`${CONTROL} num`}
        />
      </Field>
      <Field label="Room, if a file has none">
        <input
          type="text"
          value={room}
          maxLength={200}
          placeholder="The file’s name"
          onChange={({ target }) => onChange({ ...settings, room: target.value })}
          className={CONTROL}
        />
      </Field>
    </fieldset>
  );
}

function AddAll({ chosen, onAdd }: { chosen: readonly Chosen[]; onAdd: () => void }) {
  let [lines, files, added, busy] = [0, 0, 0, 0];
  for (const { state } of chosen) {
    if (state.step === "looking" || state.step === "adding") busy += 1;
    if (state.step === "added") added += state.result.rows.new;
    if (state.step !== "seen" || state.result.rows.new === 0) continue;
    lines += state.result.rows.new;
    files += 1;
  }
  const isReady = lines > 0 && busy === 0;
  return (
    <div className="flex flex-wrap items-center gap-3">
      {isReady && (
        <Button onClick={onAdd} look="primary">
          Add {counted(lines, "line", "lines")} of {counted(files, "file", "files")}
        </Button>
      )}
      <p role="status" className="num text-ink-2">
        {added > 0 && busy === 0 ? `${counted(added, "line", "lines")} added to the history.` : ""}
      </p>
    </div>
  );
}
