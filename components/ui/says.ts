/**
 * Says again what already stands in something, to whoever hears or points at it. By the script, once it runs: in what
 * the server sends, every name would stand twice. Until then a control is called by what is in it.
 */
export function says(attribute: "aria-label" | "title", words: () => string) {
  return (element: Element | null): void => {
    element?.setAttribute(attribute, words());
  };
}
