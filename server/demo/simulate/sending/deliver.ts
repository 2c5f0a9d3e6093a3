import type { Ms } from "#domain/time/ms.ts";
import { type Parcel, type SendOutcome, type Server, send } from "./send.ts";

interface Delivering extends Server {
  now: () => Ms;
  signal: AbortSignal;
}

const AT_ONCE = 16;

/** Delivers all as fast as the server answers. Returns whether all were answered before `signal` aborted. */
export async function deliverAll<P extends Parcel>(
  parcels: readonly P[],
  options: Delivering,
  onAnswer: (parcel: P, answer: SendOutcome) => void,
): Promise<boolean> {
  const { now, signal } = options;
  const waiting = parcels.values();
  const sendAll = async () => {
    for (const parcel of waiting) {
      signal.throwIfAborted();
      onAnswer(parcel, await send(options, parcel, now, signal));
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, sendAll));
    return true;
  } catch (error) {
    if (!signal.aborted) throw error;
    return false;
  }
}

/** Whether the server has the delivery: repeats and ignored ones included. */
export function isTaken(answer: SendOutcome): boolean {
  return answer === "recorded" || answer === "repeated" || answer === "ignored";
}
