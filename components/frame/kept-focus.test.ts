import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keepFocus } from "./kept-focus.ts";

let stop: () => void;

const main = () => document.querySelector("main");
const at = (id: string) => document.getElementById(id);
const focused = () => document.activeElement?.id ?? null;

async function settled() {
  // Lets the page's observers run first.
  await Promise.resolve();
  await vi.advanceTimersByTimeAsync(1000);
}

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = `
    <main id="main" tabindex="-1">
      <section id="waiting" tabindex="-1"><ul><li id="row"><button id="away">Away</button></li></ul></section>
      <button id="other">Other</button>
    </main>
    <div id="notice" tabindex="-1"><button id="undo">Undo</button></div>`;
  stop = keepFocus(main);
});
afterEach(() => {
  stop();
  document.body.innerHTML = "";
  vi.useRealTimers();
});

describe("the focus", () => {
  it("stays in the part of the page whose row is gone", async () => {
    at("away")?.focus();
    at("row")?.remove();
    await settled();
    expect(focused()).toBe("waiting");
  });

  it("goes to the screen that replaced another one", async () => {
    at("away")?.focus();
    at("waiting")?.remove();
    await settled();
    expect(focused()).toBe("main");
  });

  it("goes back from a closed dialog to the button that opened it", async () => {
    at("away")?.focus();
    at("undo")?.focus();
    at("row")?.remove();
    at("notice")?.remove();
    await settled();
    expect(focused()).toBe("waiting");
  });

  it("is left to a dialog that gives it back itself, and to a pointer elsewhere", async () => {
    at("undo")?.focus();
    at("notice")?.remove();
    at("other")?.focus();
    await settled();
    expect(focused()).toBe("other");
    document.dispatchEvent(new Event("pointerdown"));
    at("other")?.blur();
    at("row")?.remove();
    await settled();
    expect(document.activeElement).toBe(document.body);
  });

  it("goes back as far after a press inside a dialog whose button is gone first", async () => {
    at("away")?.focus();
    at("notice")?.setAttribute("role", "dialog");
    at("row")?.remove();
    at("undo")?.dispatchEvent(new Event("pointerdown", { bubbles: true }));
    at("undo")?.focus();
    at("notice")?.remove();
    await settled();
    expect(focused()).toBe("waiting");
  });

  it("comes back to a button that was busy", async () => {
    const button = at("other");
    if (!(button instanceof HTMLButtonElement)) throw new Error("no button");
    button.focus();
    button.disabled = true;
    button.blur();
    await settled();
    button.disabled = false;
    await settled();
    expect(focused()).toBe("other");
  });
});
