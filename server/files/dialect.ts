/** How a CSV is written for the spreadsheet of whoever opens it. */
export interface Dialect {
  separator: "," | ";";
  decimal: "." | ",";
}

/**
 * What a spreadsheet takes for a CSV where people speak a language, when it is opened with a click: it goes by
 * its machine's region, which parts cells with semicolons wherever commas are for decimals, and in Switzerland.
 * (A first line `sep=;` would say it outright, but with it Excel takes UTF-8 for something else.)
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
