/** A table of Markdown, its columns as wide as what stands in them. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const [head = [], ...others] = rows;
  const widths = head.map((_, n) => Math.max(3, ...rows.map((row) => [...(row[n] ?? "")].length)));
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, n) => padded(cells[n] ?? "", width)).join(" | ")} |`;
  const rule = widths.map((width) => "-".repeat(width));
  return [head, rule, ...others].map(line).join("\n");
}

function padded(text: string, width: number): string {
  return text + " ".repeat(width - [...text].length);
}
