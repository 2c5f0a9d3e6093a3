/*
 * Files of tests follow each other in one process. What a process has once, and hangs on the global object, each
 * of them begins without.
 */
for (const symbol of Object.getOwnPropertySymbols(globalThis)) {
  if (symbol.description?.startsWith("rollcall.")) Reflect.deleteProperty(globalThis, symbol);
}

export {};
