/** Bytes of bodies that are still arriving, all together. */
export interface BodyMemory {
  /** Another body; `giveUp` is called when it is the one that has to go. */
  begin(giveUp: () => void): { add(bytes: number): void; end(): void };
}

/**
 * Holds at most so many bytes. When they are more, the largest body is given up: whoever sends little is
 * hindered by nobody who sends much.
 */
export function createBodyMemory(most: number): BodyMemory {
  const bodies = new Set<{ bytes: number; giveUp: () => void }>();
  let held = 0;
  return {
    begin(giveUp) {
      const body = { bytes: 0, giveUp };
      let isOver = false;
      const end = () => {
        isOver = true;
        if (body.bytes > 0 && bodies.delete(body)) held -= body.bytes;
      };
      return {
        add(bytes) {
          if (isOver || bytes === 0) return;
          // Nearly all are so small that they are never counted.
          if (body.bytes === 0) bodies.add(body);
          else if (!bodies.has(body)) return;
          body.bytes += bytes;
          held += bytes;
          while (held > most) {
            const largest = [...bodies].reduce((one, other) =>
              other.bytes > one.bytes ? other : one,
            );
            bodies.delete(largest);
            held -= largest.bytes;
            largest.giveUp();
          }
        },
        end,
      };
    },
  };
}
