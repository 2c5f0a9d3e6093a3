/** Epoch milliseconds, UTC. Absence is `null`, never 0. */
export type Ms = number;
