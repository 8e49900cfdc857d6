/** Loaded before a server under strace: names made of a clock and of random numbers are the same in every run, so that a call on such a file can be refused by its name. */
import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";

const NOW = Date.UTC(2026, 10, 24, 2);
const RealDate = Date;
let made = 0;

globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length === 0 ? [NOW] : given));
  }
  static now() {
    return NOW;
  }
};
crypto.randomUUID = () => {
  made += 1;
  return `00000000-0000-4000-8000-${String(made).padStart(12, "0")}`;
};
syncBuiltinESMExports();
