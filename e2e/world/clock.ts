/** Epoch ms so long before now: `ago("4:10")` is four minutes and ten seconds. */
export function ago(length: string): number {
  return Date.now() - ms(length);
}

/** `m:ss` or `h:mm:ss` in milliseconds. */
export function ms(length: string): number {
  const parts = length.split(":").map(Number);
  return parts.reduce((sum, part) => sum * 60 + part, 0) * 1000;
}
