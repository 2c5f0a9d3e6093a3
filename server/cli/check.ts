/** The result of one check of the doctor. */
export interface Check {
  name: string;
  ok: boolean;
  detail: string;
  /** What to do, or what to consider where all is well; `null` when there is nothing. */
  advice: string | null;
}

export function good(name: string, detail: string, advice: string | null = null): Check {
  return { name, ok: true, detail, advice };
}

export function bad(name: string, detail: string, advice: string): Check {
  return { name, ok: false, detail, advice };
}
