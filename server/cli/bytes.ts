const UNITS = ["B", "KiB", "MiB", "GiB", "TiB"];

/** So many bytes in words, as 1.5 GiB. */
export function bytesInWords(bytes: number): string {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(bytes, 1)) / 10));
  return `${(bytes / 1024 ** step).toFixed(step === 0 ? 0 : 1)} ${UNITS[step]}`;
}
