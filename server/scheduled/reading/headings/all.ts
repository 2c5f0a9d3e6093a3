import { ASIAN } from "./asia.ts";
import { EASTERN } from "./east.ts";
import type { HeadingWords } from "./heading.ts";
import { NORTHERN } from "./north.ts";
import { WESTERN } from "./west.ts";

/** What columns are called, by language: those of the imports, and others that people keep their lists in. */
export const HEADINGS: Readonly<Record<string, HeadingWords>> = {
  ...WESTERN,
  ...NORTHERN,
  ...EASTERN,
  ...ASIAN,
};
