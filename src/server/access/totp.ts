/**
 * 动态口令: one-time codes by time, RFC 6238 over RFC 4226. SHA-1, six digits, thirty seconds: what every authenticator app
 * takes without being told. A code of the step before and after is taken too, for clocks that differ (RFC 6238 §5.2).
 */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { fromBase32, toBase32 } from "./base32.ts";

/** RFC 4226 §4 R6 recommends 160 bits. */
const SECRET_BYTES = 20;
const STEP_MS = 30_000;
const DIGITS = 6;
const SKEW = 1;

const ISSUER = "对标";

/** A new shared secret, base32. */
export function newSecret(): string {
  return toBase32(randomBytes(SECRET_BYTES));
}

/** The number of the thirty seconds an instant lies in. @source RFC 6238 §4.2 */
export function stepAt(at: Date): number {
  return Math.floor(at.getTime() / STEP_MS);
}

/** The code of a step. @param secret base32. @source RFC 4226 §5.3 */
export function totp(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", fromBase32(secret)).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, "0");
}

/**
 * The step a code stands for, or undefined when it is wrong or was used: only steps after the last one taken count.
 * All steps are compared, each in constant time.
 * @source RFC 6238 §5.2
 */
export function takenStep(secret: string, code: string, now: Date, last: number): number | undefined {
  let found: number | undefined;
  for (let step = stepAt(now) - SKEW; step <= stepAt(now) + SKEW; step++)
    if (sameText(code, totp(secret, step)) && step > last) found ??= step;
  return found;
}

/** Constant in time for texts of one length. */
export function sameText(a: string, b: string): boolean {
  const [one, two] = [Buffer.from(a), Buffer.from(b)];
  return one.length === two.length && timingSafeEqual(one, two);
}

/** What an authenticator app reads from a QR code or a link. */
export function otpauthUri(secret: string, name: string): string {
  const issuer = encodeURIComponent(ISSUER);
  const label = `${issuer}:${encodeURIComponent(name)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${issuer}&algorithm=SHA1&digits=${DIGITS}&period=${STEP_MS / 1000}`;
}
