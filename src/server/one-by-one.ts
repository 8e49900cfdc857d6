/** Changes one after another. */

/** A queue of changes, and when it is empty. */
export function changeQueue(): {
  readonly run: <T>(work: () => Promise<T>) => Promise<T>;
  readonly idle: () => Promise<void>;
} {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run: async (work) => {
      const next = last.then(work);
      last = next.catch(() => undefined);
      return await next;
    },
    idle: async () => {
      await last;
    },
  };
}
