/** The flag of every command whose answer a program may read. */
export const JSON_FLAG = ["--json", "print one JSON value and nothing else"] as const;

/** Prints one JSON value with `--json`, else lines for people; nothing else goes to standard output. */
export function show(json: boolean | undefined, value: unknown, lines: readonly string[]): void {
  process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${lines.join("\n")}\n`);
}
