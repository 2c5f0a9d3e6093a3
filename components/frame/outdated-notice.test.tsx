import { act, render, screen } from "@testing-library/react";
import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime.js";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LiveProvider } from "#components/sync/live-provider.tsx";
import type { LiveListener } from "#components/sync/live-socket.ts";
import { liveSnapshotOf, NOW } from "#components/testing/facts.ts";
import { fakeRouter } from "#components/testing/fake-router.ts";
import { FakeServer } from "#components/testing/fake-server.ts";
import { pass } from "#components/testing/render-live.tsx";
import { OutdatedNotice } from "./outdated-notice.tsx";
import { StaleNotice } from "./stale-notice.tsx";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

it("a page that speaks another protocol than the server says so, and asks no more", async () => {
  const server = new FakeServer(liveSnapshotOf());
  const listeners: LiveListener[] = [];
  const router = fakeRouter();
  render(
    <AppRouterContext value={router}>
      <LiveProvider
        floor={liveSnapshotOf()}
        providers={[]}
        open={(listener) => {
          listeners.push(listener);
          return server.open(listener);
        }}
      >
        <StaleNotice />
        <OutdatedNotice />
      </LiveProvider>
    </AppRouterContext>,
  );
  await pass(0);
  expect(screen.queryByRole("alert")).toBeNull();
  server.drop(true);
  act(() => listeners[0]?.outdated());
  expect(screen.getByRole("alert").textContent).toContain("Rollcall was updated");
  expect(screen.getByRole("button", { name: "Load again" })).toBeDefined();
  server.asked.length = 0;
  await pass(60_000);
  expect(screen.queryByText(/catches up by itself/)).toBeNull();
  expect(server.asked).toEqual([]);
  expect(router.refresh).not.toHaveBeenCalled();
});
