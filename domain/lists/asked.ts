/** What of an address a page could not answer. */
export interface PassedOver {
  /** The parameter, as the address has it. */
  name: string;
  why:
    | { kind: "unknown"; meant: string | null }
    /** Its value is none, or it is said several times. */
    | { kind: "unreadable" | "repeated"; value: string };
  /** A sentence: what is shown instead. */
  instead: string;
}
