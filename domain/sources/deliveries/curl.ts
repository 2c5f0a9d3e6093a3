/** Such a text as one word of a shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A command that sends a signed webhook with exactly this body. */
export function curlCommand({
  url,
  headers,
  body,
}: {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}): string {
  return [
    `curl -sS ${quoted(url)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    // Raw: a body that begins with @ is no name of a file.
    `--data-raw ${quoted(body)}`,
  ].join(" \\\n  ");
}
