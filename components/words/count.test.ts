import { expect, it } from "vitest";
import { counted, grouped, percent, wholePercent } from "./count.ts";

it("counts things and parts of a whole", () => {
  expect(counted(1, "meeting", "meetings")).toBe("1 meeting");
  expect(grouped(1234567)).toBe("1\u202f234\u202f567");
  expect(percent(117 / 128)).toBe("91.4%");
  expect(percent(1)).toBe("100%");
  expect(percent(null)).toBeNull();
  expect(wholePercent(999, 1000)).toBe("99%");
});
