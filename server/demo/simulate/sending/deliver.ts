import type { Ms } from "#domain/time/ms.ts";
import type { ScriptedDelivery } from "./script.ts";
import { type SendOutcome, type Server, send } from "./send.ts";

export type Parcel = Pick<ScriptedDelivery, "provider" | "body">;

interface Delivering extends Server {
  now: () => Ms;
  signal: AbortSignal;
}

const AT_ONCE = 16;

/** Delivers everything as fast as the server answers. Answers whether all of it was answered before `signal` aborted. */
export async function deliverAll<P extends Parcel>(
  parcels: readonly P[],
  options: Delivering,
  onAnswer: (parcel: P, answer: SendOutcome) => void,
): Promise<boolean> {
  const { now, signal } = options;
  const waiting = parcels.values();
  const carry = async () => {
    for (const parcel of waiting) {
      signal.throwIfAborted();
      onAnswer(parcel, await send(options, parcel, now, signal));
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, carry));
    return true;
  } catch (error) {
    if (!signal.aborted) throw error;
    return false;
  }
}

/** Whether the server has it: also what it had before, and what it passes over. */
export function isTaken(answer: SendOutcome): boolean {
  return answer === "recorded" || answer === "repeated" || answer === "ignored";
}
