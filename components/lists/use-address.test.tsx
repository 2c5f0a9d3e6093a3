import { act } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { liveSnapshotOf, NOW } from "#components/testing/facts.ts";
import { renderLive } from "#components/testing/render-live.tsx";
import { type Address, useAddress } from "./use-address.ts";

const shown: Address[] = [];

function Screen() {
  shown.push(useAddress());
  return null;
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

it("keeps a change that is still on its way, of a field as of a link", async () => {
  const { router } = await renderLive(
    <Screen />,
    liveSnapshotOf(),
    "/meetings?room=attic&cursor=abc",
  );
  const [address] = shown;
  if (address === undefined) throw new Error("nothing is shown");

  const byLength = address.link({ sort: "length" });
  expect(byLength.href).toBe("/meetings?room=attic&sort=length");
  const preventDefault = vi.fn();
  await act(async () => byLength.onNavigate({ preventDefault }));
  await act(async () => address.go({ q: "ada" }));
  await act(async () => address.link({ sort: null }).onNavigate({ preventDefault }));

  expect(preventDefault).toHaveBeenCalledTimes(2);
  expect(router.replace.mock.calls.map(([path]) => path)).toEqual([
    "/meetings?room=attic&sort=length",
    "/meetings?room=attic&sort=length&q=ada",
    "/meetings?room=attic&q=ada",
  ]);
});
