import { act } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { liveSnapshotOf, NOW, summaryOf } from "#components/testing/facts.ts";
import { pass, renderLive } from "#components/testing/render-live.tsx";
import { LIVE_START } from "#domain/live/live-position.ts";
import { pack } from "#domain/live/packed.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { useLiveParts } from "./live-provider.tsx";
import { shownMeetings } from "./live-state.ts";
import { OpenedWithLive } from "./opened-live.tsx";
import { useLive } from "./use-live.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

const drawn = { live: 0, meetings: 0 };

function Screen() {
  useLiveParts();
  drawn.live += 1;
  return null;
}

function Meetings() {
  drawn.meetings += 1;
  return useLive(shownMeetings).map(({ id }) => <p key={id}>{id}</p>);
}

it("a page is rendered once: connecting, and receiving the same snapshot again, renders nothing", async () => {
  const snapshot = liveSnapshotOf({ meetings: [summaryOf({ id: "m1" }), summaryOf({ id: "m2" })] });
  const { server } = await renderLive(
    <OpenedWithLive packed={pack(snapshot)}>
      <Screen />
      <Meetings />
    </OpenedWithLive>,
    liveSnapshotOf({ frontier: LIVE_START }),
  );
  server.floor = { ...snapshot, as_of: toWireTime(NOW + 1_000) };
  await act(async () => {
    server.drop();
    server.connect();
  });
  await pass(5_000);
  expect(server.asked).toEqual(["floor", "floor"]);
  expect(drawn).toEqual({ live: 1, meetings: 1 });
});
