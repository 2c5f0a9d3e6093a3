/** How a CSV is written for the reader's spreadsheet. */
export interface Dialect {
  separator: "," | ";";
  decimal: "." | ",";
}

/**
 * The CSV that a spreadsheet expects in a locale when a file is opened with a click. It goes by its machine's
 * region: cells are separated by semicolons where commas are for decimals, and in Switzerland. (A first line
 * `sep=;` would name the separator, but with it Excel does not read the file as UTF-8.)
 */
export function dialectOf(locale: string): Dialect {
  const decimal = decimalOf(locale);
  const isSwiss = /-(CH|LI)\b/i.test(locale);
  return { separator: decimal === "," || isSwiss ? ";" : ",", decimal: isSwiss ? "." : decimal };
}

function decimalOf(locale: string): "." | "," {
  const parts = new Intl.NumberFormat(`${locale}-u-nu-latn`).formatToParts(1.5);
  return parts.find(({ type }) => type === "decimal")?.value === "," ? "," : ".";
}

/** Whether a text names a language, as `de-DE` does. */
export function isLocale(text: string): boolean {
  if (!/^[A-Za-z]{2,8}(-[A-Za-z0-9]{2,8}){0,3}$/.test(text)) return false;
  try {
    return Intl.getCanonicalLocales(`${text}-u-nu-latn`).length === 1;
  } catch {
    return false;
  }
}
