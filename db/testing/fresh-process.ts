/* Test files follow each other in one process. Each begins without what earlier ones left on the global object. */
for (const symbol of Object.getOwnPropertySymbols(globalThis)) {
  if (symbol.description?.startsWith("rollcall.")) Reflect.deleteProperty(globalThis, symbol);
}

export {};
