/** Where the keyboard can stand again once what it stood on is gone: the nearest first. */
type Trail = readonly HTMLElement[];

/** Whoever gives the focus back by themselves, as a dialog that closes, has done so by then. */
const SETTLED_AFTER_MS = 80;
const LONGEST = 30;

/**
 * Keeps the focus where what had it is taken away under somebody's hand: a row that is gone, a button that
 * is busy, a link whose screen was left. Without that a keyboard begins at the top, and a reader loses its place.
 */
export function keepFocus(main: () => HTMLElement | null): () => void {
  let trail: Trail = [];
  let settling: ReturnType<typeof setTimeout> | undefined;

  const onFocus = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    const own = standsIn(target);
    // What opens over the page leads back to where it was opened from.
    const isOver = main()?.contains(target) === false;
    trail = isOver ? [...own, ...trail.filter((one) => !own.includes(one))].slice(0, LONGEST) : own;
  };
  // Who points somewhere else has left by themselves; who points into what opened over the page has not.
  const onPointer = ({ target }: Event) => {
    const isOver = target instanceof Element && target.closest("[role=dialog]") !== null;
    if (!isOver) trail = [];
  };
  const settle = () => {
    settling = undefined;
    if (!isLost()) return;
    const [had] = trail;
    // Busy, and the same again in a moment.
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

/** The element, and what around it can have the focus without being in the order of the keyboard. */
function standsIn(element: HTMLElement): HTMLElement[] {
  const around: HTMLElement[] = [element];
  for (let box = element.parentElement; box !== null; box = box.parentElement) {
    if (box.hasAttribute("tabindex")) around.push(box);
  }
  return around;
}
