const TOKENS = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s"[\]{},:]+/g;

/**
 * JSON with a line for each value, every number and text unchanged to the letter; `null` for a text that is no JSON.
 * Parsing and writing it again would lose `1.0`, digits of long numbers, and repeated keys.
 */
export function prettyJson(text: string): string | null {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  const lines: string[] = [];
  let line = "";
  let depth = 0;
  const breakLine = () => {
    lines.push(line);
    line = "  ".repeat(depth);
  };
  for (const token of text.match(TOKENS) ?? []) {
    const isEmpty = /[[{]$/.test(line);
    switch (token) {
      case "}":
      case "]":
        depth -= 1;
        if (!isEmpty) breakLine();
        line += token;
        break;
      case ",":
        line += token;
        breakLine();
        break;
      case ":":
        line += ": ";
        break;
      default:
        if (isEmpty) breakLine();
        line += token;
        if (token === "{" || token === "[") depth += 1;
    }
  }
  return [...lines, line].join("\n");
}
