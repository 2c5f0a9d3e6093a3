import { afterEach, expect, it } from "vitest";
import { type LocaleSettings, PLAIN } from "#domain/viewer/viewer.ts";
import { counted, decimal, grouped, percent, upTo, wholePercent } from "./count.ts";

const page = document.documentElement;
afterEach(() => {
  delete page.dataset["manner"];
});

/** Sets the reader's locale settings. */
function read(localeSettings: Partial<LocaleSettings>): void {
  page.dataset["manner"] = JSON.stringify({ ...PLAIN, ...localeSettings });
}

it("counts things and parts of a whole", () => {
  expect(counted(1, "meeting", "meetings")).toBe("1 meeting");
  expect(counted(0, "meeting", "meetings")).toBe("0 meetings");
  expect(grouped(1234567)).toBe("1\u202f234\u202f567");
  expect(percent(117 / 128)).toBe("91.4%");
  expect(percent(1)).toBe("100%");
  expect(percent(null)).toBeNull();
  expect(wholePercent(999, 1000)).toBe("99%");
  expect(decimal(12.25, 1)).toBe("12.3");
  expect([upTo(3, 1), upTo(3.26, 1)]).toEqual(["3", "3.3"]);
  expect([percent(0.125, 2), percent(0.01234, 2)]).toEqual(["12.5%", "1.23%"]);
});

it("writes numbers in the reader's locale", () => {
  read({ group: ".", decimal: ",", percent: "{}\u00a0%" });
  expect(counted(1234, "meeting", "meetings")).toBe("1.234 meetings");
  expect(percent(117 / 128)).toBe("91,4\u00a0%");
  expect(decimal(1234.5, 1)).toBe("1.234,5");
  expect(upTo(3.3, 1)).toBe("3,3");
  read({ group: ",", sizes: [3, 2] });
  expect(grouped(12345678)).toBe("1,23,45,678");
  read({ group: ".", least: 2 });
  expect([grouped(1234), grouped(12345)]).toEqual(["1234", "12.345"]);
});
