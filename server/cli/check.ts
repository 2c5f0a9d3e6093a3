/** One look at one thing Rollcall depends on. */
export interface Check {
  name: string;
  ok: boolean;
  detail: string;
  /** What to do, or of what is well to think about; `null` when there is nothing. */
  advice: string | null;
}

export function good(name: string, detail: string, advice: string | null = null): Check {
  return { name, ok: true, detail, advice };
}

export function bad(name: string, detail: string, advice: string): Check {
  return { name, ok: false, detail, advice };
}
