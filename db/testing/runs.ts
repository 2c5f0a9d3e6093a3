const LAWS = Number(process.env["LAWS"] ?? 1);

/** How many histories a law is tried on that needs a database: `few` in `npm test`, and `LAWS` times as many with it. */
export function runs(few: number): number {
  return few * LAWS;
}
