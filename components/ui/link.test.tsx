import { createEvent, fireEvent, render, screen } from "@testing-library/react";
import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime.js";
import type { ComponentProps } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { fakeRouter } from "#components/testing/fake-router.ts";
import { LinkedZoneContext } from "#components/viewer/zones-context.ts";
import { Link } from "./link.tsx";

const router = fakeRouter();

/** Clicks a link, and returns whether the click was left to the browser. */
function click(given: Partial<ComponentProps<typeof Link>>, keys: MouseEventInit = {}): boolean {
  render(
    <AppRouterContext value={router}>
      <LinkedZoneContext value="Asia/Kolkata">
        <Link href="/meetings" {...given}>
          Meetings
        </Link>
      </LinkedZoneContext>
    </AppRouterContext>,
  );
  const link = screen.getByRole("link");
  const event = createEvent.click(link, { button: 0, ...keys });
  fireEvent(link, event);
  return !event.defaultPrevented;
}

beforeEach(() => {
  router.push.mockClear();
  router.replace.mockClear();
});

describe("a link to another screen", () => {
  it("leads there without loading the page again, in the same zone", () => {
    expect(click({})).toBe(false);
    expect(router.push.mock.calls).toEqual([["/meetings?tz=Asia%2FKolkata", { scroll: true }]]);
  });

  it("replaces this screen in the history where asked to, and keeps the scroll position", () => {
    click({ replace: true, scroll: false });
    expect(router.push).not.toHaveBeenCalled();
    expect(router.replace.mock.calls).toEqual([["/meetings?tz=Asia%2FKolkata", { scroll: false }]]);
  });

  it("is not followed where its `onClick` prevents that", () => {
    expect(click({ onNavigate: (event) => event.preventDefault() })).toBe(false);
    expect(router.push).not.toHaveBeenCalled();
  });

  it.each([
    ["in another tab", {}, { ctrlKey: true }],
    ["in another window", {}, { shiftKey: true }],
    ["with another button", {}, { button: 1 }],
    ["to another tab", { target: "_blank" }, {}],
    ["to a file", { href: "/api/v1/meetings.csv", download: true }, {}],
  ])("is left to the browser %s", (_where, given, keys) => {
    const onNavigate = vi.fn();
    // The simulated browser would open it.
    window.addEventListener("click", (event) => event.preventDefault(), { once: true });
    click({ ...given, onNavigate }, keys);
    expect(onNavigate).not.toHaveBeenCalled();
    expect(router.push).not.toHaveBeenCalled();
  });
});
