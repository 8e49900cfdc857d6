/** Changes one after another. */

/**
 * A queue of changes, and when it is empty.
 * @param rest what the next change waits for after one is over; whoever asked for the one that is over does not
 */
export function changeQueue(rest: () => Promise<void> = async () => undefined): {
  readonly run: <T>(work: () => Promise<T>) => Promise<T>;
  readonly idle: () => Promise<void>;
} {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run: async (work) => {
      const next = last.then(work);
      last = next.catch(() => undefined).then(rest);
      return await next;
    },
    idle: async () => {
      await last;
    },
  };
}
