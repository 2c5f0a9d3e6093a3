/** A parameter of an address that a page could not use. */
export interface PassedOver {
  /** The parameter, as the address has it. */
  name: string;
  why:
    | { kind: "unknown"; meant: string | null }
    /** Its value is not allowed, or it is given several times. */
    | { kind: "unreadable" | "repeated"; value: string };
  /** A sentence: what is shown instead. */
  instead: string;
}
