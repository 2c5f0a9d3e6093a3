"use client";

import { useState } from "react";
import { Button } from "./button.tsx";

/** The first `count` items of a list, until all are asked for. A single further item is not hidden. */
export function useFirst<T>(all: readonly T[], count: number) {
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole || all.length <= count + 1 ? all : all.slice(0, count);
  return { shown, more: all.length - shown.length, showAll: () => setIsWhole(true) };
}

export function MoreButton({ count, onShow }: { count: number; onShow: () => void }) {
  return (
    <Button onClick={onShow} look="words">
      {count} more
    </Button>
  );
}
