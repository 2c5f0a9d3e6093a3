/** Runs both sides `n` times in turn, A B, B A, A B, …, so that neither is always first. */
export async function interleave<T>(
  n: number,
  sides: { baseline: () => Promise<T>; candidate: () => Promise<T> },
  onPair: (pair: { baseline: T; candidate: T }) => void,
): Promise<{ baseline: T; candidate: T }[]> {
  const pairs: { baseline: T; candidate: T }[] = [];
  for (let round = 0; round < n; round += 1) {
    const candidateFirst = round % 2 === 0;
    const early = candidateFirst ? await sides.candidate() : null;
    const baseline = await sides.baseline();
    const pair = { baseline, candidate: early ?? (await sides.candidate()) };
    onPair(pair);
    pairs.push(pair);
  }
  return pairs;
}
