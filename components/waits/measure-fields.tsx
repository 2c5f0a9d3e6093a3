"use client";

import { Choice } from "#components/lists/choice.tsx";
import type { Address } from "#components/lists/use-address.ts";
import { Field } from "#components/ui/field.tsx";
import { percent } from "#components/words/count.ts";
import { formatSetting } from "#components/words/duration.ts";
import { LEVEL_WORDS } from "#components/words/wait-time-formulas.ts";
import { LEVEL_MODES, SHORT_LEAVES } from "#domain/waits/waiting.ts";
import type { WaitingLens } from "#domain/waits/waiting-page.ts";
import { useMeasure } from "./use-measure.ts";
import { SHORT_WORDS } from "./waiting-words.ts";

const TARGETS_MS = [20_000, 30_000, 60_000, 120_000, 180_000, 300_000, 600_000, 900_000, 1_800_000];
const GOALS = [70, 75, 80, 85, 90, 95, 99];

/** The measures of the waiting room: the target, how many should meet it, and who counts. */
export function MeasureFields({ lens, address }: { lens: WaitingLens; address: Address }) {
  const choose = useMeasure(lens, address);
  return (
    <>
      <span aria-hidden className="h-0 basis-full max-sm:hidden" />
      <Field label="Target">
        <Choice
          name="target_ms"
          value={String(lens.targetMs)}
          onChange={(ms) => choose({ ...lens, targetMs: Number(ms) })}
        >
          {inOrder(TARGETS_MS, lens.targetMs).map((ms) => (
            <option key={ms} value={ms}>
              {formatSetting(ms)}
            </option>
          ))}
        </Choice>
      </Field>
      <Field label="Goal">
        <Choice
          name="goal"
          value={String(lens.goal)}
          onChange={(goal) => choose({ ...lens, goal: Number(goal) })}
        >
          {inOrder(GOALS, lens.goal).map((goal) => (
            <option key={goal} value={goal}>
              {percent(goal / 100)}
            </option>
          ))}
        </Choice>
      </Field>
      <Field label="People who left">
        <Choice
          name="level"
          value={lens.mode}
          onChange={(mode) => choose({ ...lens, mode: oneOf(LEVEL_MODES, mode) })}
        >
          {LEVEL_MODES.map((mode) => (
            <option key={mode} value={mode}>
              {LEVEL_WORDS[mode].name}
            </option>
          ))}
        </Choice>
      </Field>
      <Field label="Left within 10 s">
        <Choice
          name="short"
          value={lens.short}
          onChange={(short) => choose({ ...lens, short: oneOf(SHORT_LEAVES, short) })}
        >
          {SHORT_LEAVES.map((short) => (
            <option key={short} value={short}>
              {SHORT_WORDS[short]}
            </option>
          ))}
        </Choice>
      </Field>
    </>
  );
}

function oneOf<Word extends string>(words: readonly [Word, ...Word[]], chosen: string): Word {
  return words.find((word) => word === chosen) ?? words[0];
}

function inOrder(usual: readonly number[], asked: number): number[] {
  return [...new Set([...usual, asked])].toSorted((a, b) => a - b);
}
