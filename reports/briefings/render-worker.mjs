// Typesets in a thread of its own: the typesetter blocks for as long as it works. Sources run as they are, so the
// thread has to learn TypeScript first, as the program's own start does.
import { register } from "tsx/esm/api";

register();
await import("./render-worker.ts");
