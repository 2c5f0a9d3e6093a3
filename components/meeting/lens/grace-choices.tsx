"use client";

import { useId, useState } from "react";
import { formatSetting } from "#components/words/duration.ts";
import type { Ms } from "#domain/time/ms.ts";
import { LONGEST_GRACE_S, readGrace } from "./lens-address.ts";

const OFFERED_S = [0, 10, 30, 60, 120, 300];

/** Up to which length gaps are joined: some choices, and any other number of seconds. */
export function GraceChoices({
  current,
  own,
  source,
  onChoose: choose,
}: {
  current: Ms;
  own: Ms;
  source: string;
  onChoose: (ms: Ms) => void;
}) {
  const name = useId();
  const choices = [...new Set([...OFFERED_S.map((seconds) => seconds * 1000), own])].toSorted(
    (a, b) => a - b,
  );
  return (
    <>
      <div role="radiogroup" aria-label="Join gaps" className="grid">
        {choices.map((ms) => (
          <label
            key={ms}
            className="num flex cursor-pointer items-center gap-2.5 rounded-md px-2 py-1.25 text-ink-2 hover:bg-sunken has-checked:text-ink"
          >
            <input
              type="radio"
              name={name}
              checked={ms === current}
              onChange={() => choose(ms)}
              className="size-3.75 flex-none accent-ink"
            />
            {ms === 0 ? "none" : `up to ${formatSetting(ms)}`}
            {ms === own && <span className="ml-auto text-ink-3 text-caption">as stored</span>}
          </label>
        ))}
      </div>
      <OtherGrace current={current} onChoose={choose} />
      <p className="border-line border-t px-2 pt-2 pb-1 text-ink-2 text-caption leading-relaxed">
        {source} joins gaps up to {formatSetting(own)}, and everything stored is counted so. Another
        choice is for your view only.
      </p>
    </>
  );
}

/** Any number of seconds, taken by Enter and on leaving the field; any other text is reported and changes nothing. */
function OtherGrace({ current, onChoose }: { current: Ms; onChoose: (ms: Ms) => void }) {
  const id = useId();
  const [text, setText] = useState(String(current / 1000));
  const [shown, setShown] = useState(current);
  if (shown !== current) {
    setShown(current);
    setText(String(current / 1000));
  }
  const chosen = readGrace(text.trim());
  const choose = () => {
    if (chosen !== null) onChoose(chosen);
  };
  return (
    <div className="num flex flex-wrap items-center gap-x-2 px-2 pt-1.5 pb-2.5">
      <label htmlFor={id} className="text-ink-2">
        up to
      </label>
      <input
        id={id}
        inputMode="numeric"
        autoComplete="off"
        value={text}
        aria-invalid={chosen === null}
        aria-describedby={`${id}-unit`}
        onChange={(event) => setText(event.target.value)}
        onBlur={choose}
        onKeyDown={(event) => event.key === "Enter" && choose()}
        className="h-7.5 w-20 rounded-md border border-line bg-ground px-2 text-right aria-invalid:border-lost"
      />
      <span id={`${id}-unit`} className="text-ink-2">
        seconds
      </span>
      {chosen === null && (
        <p role="alert" className="w-full pt-1 text-lost-ink text-caption">
          Whole seconds, 0 to {LONGEST_GRACE_S}.
        </p>
      )}
    </div>
  );
}
