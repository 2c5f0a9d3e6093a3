import { act, render } from "@testing-library/react";
import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime.js";
import {
  PathnameContext,
  SearchParamsContext,
} from "next/dist/shared/lib/hooks-client-context.shared-runtime.js";
import type { ReactElement } from "react";
import { vi } from "vitest";
import { LiveProvider } from "#components/sync/live-provider.tsx";
import type { LiveSnapshot } from "#domain/live/wire.ts";
import type { ProviderWords } from "#domain/sources/provider-words.ts";
import { fakeRouter } from "./fake-router.ts";
import { FakeServer } from "./fake-server.ts";

const PROVIDERS: readonly ProviderWords[] = [
  {
    name: "daily",
    title: "Daily",
    senders: "Daily",
    roomKey: "the Daily room",
    addCommand: "source add --provider daily",
    secretNote: "It is the `hmac`.",
    switchOn: "look at it there",
    observerReasons: {},
  },
];

/** Renders a screen as the server would open it, with a live connection to a `FakeServer`. */
export async function renderLive(screen: ReactElement, live: LiveSnapshot, path = "/") {
  const server = new FakeServer(live);
  const router = fakeRouter();
  window.history.replaceState(null, "", path);
  const { pathname, searchParams } = new URL(path, "http://rollcall.test");
  const view = render(
    <AppRouterContext value={router}>
      <PathnameContext value={pathname}>
        <SearchParamsContext value={searchParams}>
          <LiveProvider floor={live} open={server.open} providers={PROVIDERS}>
            {screen}
          </LiveProvider>
        </SearchParamsContext>
      </PathnameContext>
    </AppRouterContext>,
  );
  await act(() => vi.advanceTimersByTimeAsync(0));
  return { ...view, server, router };
}

/** Lets `ms` pass on every clock, and renders what follows. */
export async function pass(ms: number): Promise<void> {
  await act(() => vi.advanceTimersByTimeAsync(ms));
}

const MOST_TURNS = 2_000;

/** Renders until a check passes, while the clocks stand still: for what is loaded or asked for. */
export async function until(check: () => void): Promise<void> {
  for (let turns = 0; ; turns += 1) {
    try {
      return check();
    } catch (error) {
      if (turns === MOST_TURNS) throw error;
    }
    await pass(0);
    await turn();
  }
}

/** Lets whatever else is due run once. Messages go on while clocks stand still. */
function turn(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
