import { FAILURES } from "#server/http/failures.ts";
import { markdownTable } from "./table.ts";

const BEGIN = /<!-- written by [^\n]*failures\.ts` -->\n/;
const END = "<!-- until here -->";

const OF_PARAMETERS = {
  status: 400,
  codes: "`bad_<name>`",
  when: "a parameter cannot be used: `bad_limit`, `bad_cursor`, `bad_tz`, `bad_sort`, `bad_min_duration_ms` …; `bad_time` for any `from` and `to`",
};

/** A document with the table of all failures between its marks. */
export function withFailures(document: string): string {
  const [mark = ""] = BEGIN.exec(document) ?? [];
  const [before = "", rest = ""] = document.split(mark);
  const after = rest.slice(rest.indexOf(END));
  return `${before}${mark}\n${tableOfFailures()}\n\n${after}`;
}

/** Failures with the same status that are answered for the same reason share a line. */
function tableOfFailures(): string {
  const alike = Map.groupBy(
    Object.entries(FAILURES),
    ([, { status, when }]) => `${status} ${when}`,
  );
  const rows = [...alike.values()].flatMap((failures) => {
    const [[, failure] = []] = failures;
    const codes = failures.map(([code]) => `\`${code}\``).join(", ");
    return failure === undefined ? [] : [{ ...failure, codes }];
  });
  const sorted = [OF_PARAMETERS, ...rows.toSorted((one, other) => one.status - other.status)];
  const lines = sorted.map(({ status, codes, when }) => [String(status), codes, when]);
  return markdownTable([["status", "code", "when"], ...lines]);
}
