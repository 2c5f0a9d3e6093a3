import { afterAll, beforeAll, expect, test } from "vitest";
import { heardAgain } from "#domain/testing/heard-again.ts";
import { clock, rules } from "#domain/testing/history.ts";
import { miscounted } from "./testing/everybody.ts";
import { kept, told } from "./testing/read-models.ts";
import { arrival, openRecorder, type Recorder, record } from "./testing/recorder.ts";

const now = clock("13:00");
let recorder: Recorder;
beforeAll(async () => {
  recorder = await openRecorder();
});
afterAll(async () => {
  expect(await miscounted(recorder.database)).toEqual([]);
  await recorder.close();
});

test.each(heardAgain)("what shows what an earlier meeting was: %s", async (_, events) => {
  const source = await recorder.source();
  for (const event of events) {
    await record(recorder.database, [arrival(source, "room", event, rules)], now);
  }
  expect(await kept(recorder.database, source)).toEqual(told(events, rules, now));
});
