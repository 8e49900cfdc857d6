/**
 * Answers of analysis kept for the version of the data they were computed from, so that two pages that ask the same
 * question ask it once. Only the permission decides who is shown what of them.
 */
export type Memo = <T>(version: string, key: string, make: () => Promise<T>) => Promise<T>;

export function versionMemo(most: number): Memo {
  const held = new Map<string, Promise<unknown>>();
  return async <T>(version: string, key: string, make: () => Promise<T>): Promise<T> => {
    const whole = `${version}\n${key}`;
    const found = held.get(whole);
    if (found !== undefined) {
      held.delete(whole);
      held.set(whole, found);
      return (await found) as T;
    }
    const started = make();
    held.set(whole, started);
    for (const oldest of held.keys()) {
      if (held.size <= most) break;
      held.delete(oldest);
    }
    started.catch(() => held.delete(whole));
    return await started;
  };
}
