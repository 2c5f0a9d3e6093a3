import type { ImportProgress, ImportResult } from "#domain/sources/imports/imports.ts";
import type { RefusedDetail } from "./detail.ts";
import type { OwnSettings } from "./send-file.ts";

/** A file is sent to be previewed, or to be added. */
export type SendStep = "looking" | "adding";

/** A chosen file, and how far it is. */
export interface Chosen {
  id: number;
  file: File;
  /** The settings of this file alone. */
  own: OwnSettings;
  state:
    | { step: SendStep; progress: ImportProgress | null }
    | { step: "refused"; reason: string; details: readonly RefusedDetail[] }
    | { step: "seen" | "added"; result: ImportResult };
}

/** What happens to the chosen files. */
export type ChosenChange =
  | { kind: "chosen"; files: readonly Chosen[] }
  | { kind: "answered"; id: number; own: OwnSettings }
  | { kind: "moved"; id: number; state: Chosen["state"] }
  | { kind: "dropped"; id: number };

export function chosenAfter(all: readonly Chosen[], change: ChosenChange): readonly Chosen[] {
  switch (change.kind) {
    case "chosen":
      return [...all, ...change.files];
    case "answered":
      return all.map((one) => (one.id === change.id ? { ...one, own: change.own } : one));
    case "moved":
      return all.map((one) => (one.id === change.id ? { ...one, state: change.state } : one));
    case "dropped":
      return all.filter(({ id }) => id !== change.id);
    default:
      return change satisfies never;
  }
}

/** Whether a file is to be previewed again where the settings have changed. */
export function isToBeLookedAtAgain({ state }: Chosen): boolean {
  return state.step !== "added" && state.step !== "adding";
}

/** Whether the preview of a file has something to add. */
export function hasLinesToAdd({ state }: Chosen): boolean {
  return state.step === "seen" && state.result.rows.new > 0;
}
