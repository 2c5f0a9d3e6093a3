import { describe, expect, it } from "vitest";
import { leaveMark, markOf, scrollMarkOf } from "./scroll-mark.ts";

describe("the scroll mark", () => {
  it("stays with its entry of the history, beside the entry's other state", () => {
    document.body.innerHTML =
      '<nav><a href="/meetings/a">a</a></nav><main><a href="/meetings/a">1</a><p><a href="/meetings/a">2</a></p></main>';
    window.history.replaceState({ tree: "kept" }, "");
    const second = document.querySelector<HTMLAnchorElement>("main p a");
    expect(second).not.toBeNull();
    if (second !== null) leaveMark(scrollMarkOf(second));
    expect(window.history.state).toMatchObject({ tree: "kept" });
    expect(markOf(window.history.state)).toEqual({
      href: "/meetings/a",
      nth: 1,
      top: window.scrollY,
      inner: 0,
    });
    window.history.pushState({ tree: "other" }, "");
    expect(markOf(window.history.state)).toBeNull();
  });

  it.each([null, "text", {}, { rollcallPlace: { href: 3 } }])("is none in %j", (state) => {
    expect(markOf(state)).toBeNull();
  });
});
