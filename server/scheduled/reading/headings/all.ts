import { ASIAN } from "./asia.ts";
import { EASTERN } from "./east.ts";
import type { HeadingWords } from "./heading.ts";
import { NORTHERN } from "./north.ts";
import { WESTERN } from "./west.ts";

/** The headings of columns, by language: those of the imports' reports, and others in which people write lists. */
export const HEADINGS: Readonly<Record<string, HeadingWords>> = {
  ...WESTERN,
  ...NORTHERN,
  ...EASTERN,
  ...ASIAN,
};
