// Reads files in a thread of its own. Sources run as they are, so the thread has to learn TypeScript first, as the
// program's own start does.
import { register } from "tsx/esm/api";

register();
await import("./read-worker.ts");
