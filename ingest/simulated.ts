/** Simulated and real data never share a store. A simulated file says so in its first line. */
import { fault } from "../src/domain/faults.ts";
import type { Store } from "../src/store/port.ts";

/** The first batch decides what a store holds. @throws Fault `simulated.mixed` */
export async function checkSimulated(
  store: Store,
  files: readonly { readonly simulated: boolean; readonly path: string }[],
): Promise<void> {
  const simulated = files.find((file) => file.simulated);
  const real = files.find((file) => !file.simulated);
  if (simulated !== undefined && real !== undefined) {
    const what = `${simulated.path} 是模拟数据，${real.path} 不是`;
    throw fault("simulated.mixed", { what }, { file: simulated.path });
  }
  const held = await store.meta("simulated");
  const now = simulated === undefined ? "no" : "yes";
  if (held === undefined) {
    await store.setMeta("simulated", now);
    return;
  }
  if (held === now) return;
  const [file] = files;
  const what = held === "yes" ? "这个库是模拟数据，不收真实数据" : "这个库是真实数据，不收模拟数据";
  throw fault("simulated.mixed", { what }, { file: file?.path });
}
