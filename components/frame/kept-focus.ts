/** The elements that can take the focus once the focused element is gone: the nearest first. */
type Trail = readonly HTMLElement[];

/** A component that gives the focus back itself, such as a closing dialog, has done so by then. */
const SETTLED_AFTER_MS = 80;
const LONGEST = 30;

/**
 * Moves the focus to the nearest element when the focused one is removed or disabled: a row that is gone, a busy
 * button, a link whose screen was left. Otherwise a keyboard or a screen reader would begin at the top again.
 * Returns a function that stops it.
 */
export function keepFocus(main: () => HTMLElement | null): () => void {
  let trail: Trail = [];
  let settling: ReturnType<typeof setTimeout> | undefined;

  const onFocus = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    const own = standsIn(target);
    // From a box over the page, the focus goes back to the element that opened it.
    const isOver = main()?.contains(target) === false;
    trail = isOver ? [...own, ...trail.filter((one) => !own.includes(one))].slice(0, LONGEST) : own;
  };
  // A press elsewhere means that the reader has moved on; a press inside a dialog does not.
  const onPointer = ({ target }: Event) => {
    const isOver = target instanceof Element && target.closest("[role=dialog]") !== null;
    if (!isOver) trail = [];
  };
  const settle = () => {
    settling = undefined;
    if (!isLost()) return;
    const [had] = trail;
    // A busy button is enabled again in a moment.
    if (had?.isConnected === true && had.matches(":disabled")) return;
    const next = trail.find((one) => one.isConnected && !one.matches(":disabled")) ?? main();
    next?.focus({ preventScroll: true });
  };
  const onChange = () => {
    if (trail.length === 0 || settling !== undefined || !isLost()) return;
    settling = setTimeout(settle, SETTLED_AFTER_MS);
  };

  const changes = new MutationObserver(onChange);
  changes.observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["disabled"],
  });
  document.addEventListener("focusin", onFocus);
  document.addEventListener("pointerdown", onPointer, { capture: true });
  return () => {
    changes.disconnect();
    clearTimeout(settling);
    document.removeEventListener("focusin", onFocus);
    document.removeEventListener("pointerdown", onPointer, { capture: true });
  };
}

function isLost(): boolean {
  const { activeElement, body } = document;
  return activeElement === null || activeElement === body;
}

/** The element, and those around it that can be focused by script (`tabindex`). */
function standsIn(element: HTMLElement): HTMLElement[] {
  const around: HTMLElement[] = [element];
  for (let box = element.parentElement; box !== null; box = box.parentElement) {
    if (box.hasAttribute("tabindex")) around.push(box);
  }
  return around;
}
