/**
 * A ref that sets a label or title repeating an element's content, for screen readers or a pointer. The script sets it,
 * as the server's page would contain every name twice. Until then a control is named by its content.
 */
export function labelRef(attribute: "aria-label" | "title", words: () => string) {
  return (element: Element | null): void => {
    element?.setAttribute(attribute, words());
  };
}
