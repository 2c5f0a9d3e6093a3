import { type Guest, guest } from "./daily.ts";

/* A day at a clinic: what really happens to its patients, which is all that the day and the model of alarms know. */

/** Whoever waits so long is alarmed of. */
export const ALARM_AFTER_MS = 60_000;

export interface Patient {
  guest: Guest;
  name: string;
  room: number;
  /** When they knock and when they are admitted or give up, from the start of the day. */
  knocksAt: number;
  endsAt: number;
  isAdmitted: boolean;
  /** Their knock is told so much later. */
  lateBy: number;
}

/** Numbers from 0 to 1, the same in every run. */
function* chances(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/**
 * Somebody every few seconds; of three one waited for long before this is told, and is alarmed of. Nobody waits for
 * about as long as would alarm, so that no second decides.
 */
export function patientsOf(count: number, everyMs: number, rooms: number): Patient[] {
  const numbers = chances(11);
  const chance = () => numbers.next().value;
  return Array.from({ length: count }, (_, n) => {
    const knocksAt = n * everyMs;
    const isLong = n % 3 === 0;
    const lateBy = isLong ? ALARM_AFTER_MS + 20_000 : 0;
    const name = `Patient ${n + 1} Ames`;
    return {
      ...{ guest: guest(name), name, room: Math.floor(chance() * rooms) },
      ...{ knocksAt: knocksAt - lateBy, lateBy },
      endsAt: knocksAt + 6_000 + Math.floor(chance() * 14_000),
      isAdmitted: chance() < 0.7,
    };
  });
}

/** Whoever gives up within that is not lost: nobody follows up on a slip. */
const SLIP_MS = 10_000;

/** Who gave up, and is to be followed up. */
export function isLost({ isAdmitted, knocksAt, endsAt }: Patient): boolean {
  return !isAdmitted && endsAt - knocksAt > SLIP_MS;
}

/** About whom an alert is due, by counting seconds. */
export function isAlarmed({ knocksAt, endsAt }: Patient): boolean {
  let waited = 0;
  for (let at = knocksAt; at < endsAt; at += 1_000) waited += 1_000;
  return waited >= ALARM_AFTER_MS;
}
