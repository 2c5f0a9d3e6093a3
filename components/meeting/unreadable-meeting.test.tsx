import { screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { liveSnapshotOf, NOW } from "#components/testing/facts.ts";
import { pass, renderLive } from "#components/testing/render-live.tsx";
import { UnreadableMeeting } from "./unreadable-meeting.tsx";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

it.each([
  [
    { type: "hand_raised", field: "type" },
    "Its event 512 has the unknown type “hand_raised”, written by a later version. What comes for its room is kept, and the meeting is shown by itself once that version runs again.",
  ],
  [
    { type: "left", field: "at" },
    "Its event 512 (“left”) has a broken “at”. What comes for its room is kept, and the meeting is shown by itself once it is restored from a backup.",
  ],
])("names the event that cannot be read, and looks again by itself: %j", async (event, words) => {
  const { router } = await renderLive(
    <UnreadableMeeting event={{ meetingId: "m1", seq: 512, ...event }} />,
    liveSnapshotOf(),
    "/meetings/m1",
  );
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("This meeting cannot be read");
  expect(screen.getByText(/^Its event 512/).textContent).toBe(words);
  expect(router.refresh).not.toHaveBeenCalled();
  await pass(5_000);
  await pass(5_000);
  expect(router.refresh).toHaveBeenCalledTimes(2);
});
