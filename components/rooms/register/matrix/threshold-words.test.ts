import { afterEach, expect, it } from "vitest";
import { PLAIN } from "#domain/viewer/viewer.ts";
import { percentWords, shareWords } from "./threshold-words.ts";

const page = document.documentElement;
afterEach(() => {
  delete page.dataset["manner"];
});

it("writes shares and thresholds in the reader's number format", () => {
  expect([percentWords(0.8), percentWords(0.1255)]).toEqual(["80%", "12.55%"]);
  expect([shareWords(0.999), shareWords(0.001), shareWords(null)]).toEqual(["99%", "<1%", "–"]);
  page.dataset["manner"] = JSON.stringify({ ...PLAIN, decimal: ",", percent: "{} %" });
  expect([percentWords(0.125), shareWords(0.5), shareWords(0.001)]).toEqual([
    "12,5 %",
    "50 %",
    "<1 %",
  ]);
});
