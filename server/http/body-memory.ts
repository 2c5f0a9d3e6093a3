/** Bytes of bodies that are still arriving, all together. */
export interface BodyMemory {
  /** Begins to count a body; `giveUp` is called when it is the one to be given up. */
  begin(giveUp: () => void): { add(bytes: number): void; end(): void };
}

/**
 * Allows at most `most` bytes in all. Beyond that the largest body is given up, so that large bodies do not hinder
 * small ones.
 */
export function createBodyMemory(most: number): BodyMemory {
  const bodies = new Set<{ bytes: number; giveUp: () => void }>();
  let total = 0;
  return {
    begin(giveUp) {
      const body = { bytes: 0, giveUp };
      let isOver = false;
      const end = () => {
        isOver = true;
        if (body.bytes > 0 && bodies.delete(body)) total -= body.bytes;
      };
      return {
        add(bytes) {
          if (isOver || bytes === 0) return;
          // Listed at its first bytes: nearly all bodies are so small that they are never counted.
          if (body.bytes === 0) bodies.add(body);
          else if (!bodies.has(body)) return;
          body.bytes += bytes;
          total += bytes;
          while (total > most) {
            const largest = [...bodies].reduce((one, other) =>
              other.bytes > one.bytes ? other : one,
            );
            bodies.delete(largest);
            total -= largest.bytes;
            largest.giveUp();
          }
        },
        end,
      };
    },
  };
}
