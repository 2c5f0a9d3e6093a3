import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { lookable, useIsNew, useLooking, useNewCount } from "./looked.ts";

const IDS = ["in-sight", "further-down"];

function Row({ id }: { id: string }) {
  return (
    <li {...lookable(id)} aria-label={id}>
      {useIsNew(id) ? "new" : "seen"}
    </li>
  );
}

function Board() {
  useLooking();
  return (
    <>
      <p role="status">{useNewCount(IDS)} new</p>
      {IDS.map((id) => (
        <Row key={id} id={id} />
      ))}
    </>
  );
}

const shown = () => IDS.map((id) => screen.getByRole("listitem", { name: id }).textContent);
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockImplementation(function (this: Element) {
    const top = this.getAttribute("aria-label") === "further-down" ? window.innerHeight + 10 : 10;
    return new DOMRect(0, top, 100, 20);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("what is on the screen while somebody is there is new no more; a screen alone looks at nothing", async () => {
  render(<Board />);
  await pass(60_000);
  expect(shown()).toEqual(["new", "new"]);
  fireEvent.pointerMove(window);
  await pass(1_000);
  expect(shown()).toEqual(["new", "new"]);
  await pass(600);
  expect(shown()).toEqual(["seen", "new"]);
  expect(screen.getByRole("status").textContent).toBe("1 new");
});

test("what was looked at is seen after the page is opened again, and what came since is new", async () => {
  const first = render(<Board />);
  fireEvent.keyDown(window, { key: "Tab" });
  await pass(2_000);
  first.unmount();
  render(<Board />);
  expect(shown()).toEqual(["seen", "new"]);
});
