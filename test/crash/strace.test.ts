/** What is read out of a trace: each call that changed a file below a folder, also where two threads' lines cut into each other. */
import { expect, it } from "vitest";
import { callsBelow } from "./strace.ts";

it("A trace's calls are counted by name and file; refused, reading and foreign ones are left out", () => {
  const trace = [
    '101 openat(AT_FDCWD, "/w/a.part", O_WRONLY|O_CREAT, 0666) = 5</w/a.part>',
    '101 write(5</w/a.part>, ""..., 10) = 10',
    '101 write(5</w/a.part>, ""..., 10) = 10',
    '102 unlink("/w/b" <unfinished ...>',
    '101 rename("/w/a.part", "/w/a") = 0',
    "102 <... unlink resumed>)              = 0",
    '101 unlink("/w/c") = -1 ENOENT (No such file or directory)',
    '101 openat(AT_FDCWD, "/w/d", O_RDONLY) = 6</w/d>',
    '101 write(1</elsewhere>, ""..., 3) = 3',
  ].join("\n");
  expect(callsBelow(trace, "/w").map(({ name, path, times }) => `${name} ${path} ${times}`)).toEqual([
    "openat /w/a.part 1",
    "write /w/a.part 2",
    "unlink /w/b 1",
    "rename /w/a.part 1",
  ]);
});
