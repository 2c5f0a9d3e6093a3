import { AsyncLocalStorage } from "node:async_hooks";
import { isWhole, type Sight, WHOLE_SIGHT } from "#domain/access/sight.ts";

/*
 * Whose eyes it is seen with. It is decided once, where a request is let in, and holds for all that is done for its
 * answer: `database()` then reads what is in the sight, and nothing else can be forgotten. Both instances of every
 * module in this process share it.
 */
const HOLDER = Symbol.for("rollcall.sight");
const holder: typeof globalThis & { [HOLDER]?: AsyncLocalStorage<Sight> } = globalThis;

function storage(): AsyncLocalStorage<Sight> {
  holder[HOLDER] ??= new AsyncLocalStorage<Sight>();
  return holder[HOLDER];
}

/** Does work for somebody with a sight, and all that follows from it. */
export function seeing<T>(sight: Sight, work: () => T): T {
  return isWhole(sight) && isWhole(sightNow()) ? work() : storage().run(sight, work);
}

/** The sight of whom the work now is for; the whole where it is for nobody in particular. */
export function sightNow(): Sight {
  return storage().getStore() ?? WHOLE_SIGHT;
}

/** Whether people may be looked for by a name or an id: to those who see initials alone a hit would say whose they are. */
export function mayFindByName(): boolean {
  return !sightNow().masked;
}

/** Whether deliveries are read as they came, where nobody takes the names out: for those who see initials they are not. */
export function seesBodies(): boolean {
  return !sightNow().masked;
}

/** The same batches, each made with the sight there is now, whoever asks for it: an answer is sent after its request. */
export function seenAsNow<T>(batches: AsyncIterable<T>): AsyncIterable<T> {
  const sight = sightNow();
  if (isWhole(sight)) return batches;
  return {
    [Symbol.asyncIterator]() {
      const iterator = seeing(sight, () => batches[Symbol.asyncIterator]());
      const done = iterator.return?.bind(iterator);
      return {
        next: () => seeing(sight, () => iterator.next()),
        ...(done && { return: (value?: unknown) => seeing(sight, () => done(value)) }),
      };
    },
  };
}
