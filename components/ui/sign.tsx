/** Written as whole class names, so that the style compiler finds them. */
const SHAPES = {
  hourglass: "sign-hourglass",
  crown: "sign-crown",
  "put away": "sign-user-round-x",
  in: "sign-log-in",
  out: "sign-log-out",
  back: "sign-undo-2",
  lost: "sign-x",
  begin: "sign-door-open",
  end: "sign-door-closed",
};

export type SignShape = keyof typeof SHAPES;

/** An icon of which a page has many, for the eye only: one element, where an SVG would be six. */
export function Sign({ of, className }: { of: SignShape; className: string }) {
  return <span aria-hidden className={`sign ${SHAPES[of]} ${className}`} />;
}
