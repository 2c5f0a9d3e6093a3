"use client";

import { Failure } from "#components/ui/failure.tsx";

export default function RollcallError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main>
      <Failure error={error} retry={retry} />
    </main>
  );
}
