/** What a disk refuses, in the words DuckDB and Node have for it. */
import { describe, expect, it } from "vitest";
import { Fault } from "../../src/domain/faults.ts";
import { diskFault, onDisk } from "../../src/store/disk.ts";

describe("A disk's refusal", () => {
  it.each([
    "IO Error: Could not rename file!",
    'IO Error: Could not write file "a": Input/output error',
    "ENOSPC: no space left on device, write",
  ])("is told as such: %s", (words) => {
    expect(diskFault(new Error(words))?.code).toBe("store.not-written");
  });

  it.each(["FATAL Error: fsync failed!", "FATAL Error: Failed to create checkpoint because of error: fsync failed!"])(
    "is not told as if nothing had been kept where DuckDB cannot know: %s",
    (words) => {
      expect(diskFault(new Error(words))?.code).toBe("store.unconfirmed");
    },
  );

  it("is told as such when Node has other words for it, as for a folder that could not be made", async () => {
    const refused = Object.assign(new Error("ENOENT: no such file or directory, mkdir 'a'"), {
      code: "ENOENT",
      syscall: "mkdir",
    });
    const told: unknown = await onDisk(() => Promise.reject(refused)).catch((thrown: unknown) => thrown);
    expect(told).toBeInstanceOf(Fault);
    expect(told).toMatchObject({ code: "store.not-written", params: { reason: "mkdir ENOENT" } });
  });

  it("is not seen in an error of ours or of a query", async () => {
    const wrong = new Error("Binder Error: no column a");
    expect(diskFault(wrong)).toBeUndefined();
    await expect(onDisk(() => Promise.reject(wrong))).rejects.toBe(wrong);
  });
});
