/** 两步验证: codes of an app and recovery codes, each taken once. Called inside the transaction of what they open. */
import { createHash, randomBytes } from "node:crypto";
import type { Sql } from "../../store/port.ts";
import { factorOf, saveFactor } from "../../store/second-factors.ts";
import { toBase32 } from "./base32.ts";
import { sameText, takenStep } from "./totp.ts";

/** 120 bits: long enough for a plain digest to be kept (OWASP ASVS 5.0, 6.5.2). */
const RECOVERY_BYTES = 15;
const RECOVERY_CODES = 10;

export type RecoveryCodes = { readonly codes: readonly string[]; readonly digests: readonly string[] };

/** Ten codes to be shown once, and what is kept of them. */
export function newRecoveryCodes(): RecoveryCodes {
  const codes = Array.from({ length: RECOVERY_CODES }, () => inFours(toBase32(randomBytes(RECOVERY_BYTES)), "-"));
  return { codes, digests: codes.map(recoveryDigest) };
}

/** In groups of four, as people copy it. */
export function inFours(text: string, between = " "): string {
  return (text.match(/.{1,4}/g) ?? []).join(between);
}

/** Takes a code of the app or a recovery code. @returns which it was, or undefined when it is wrong or was used */
export async function takeCode(
  sql: Sql,
  account: number,
  given: string,
  now: Date,
): Promise<"code" | "recovery" | undefined> {
  const factor = await factorOf(sql, account);
  if (factor === undefined) return undefined;
  const code = plainCode(given);
  const step = takenStep(factor.secret, code, now, factor.lastStep);
  if (step !== undefined) {
    await saveFactor(sql, { ...factor, lastStep: step });
    return "code";
  }
  const digest = recoveryDigest(given);
  const left = factor.recovery.filter((one) => !sameText(one, digest));
  if (left.length === factor.recovery.length) return undefined;
  await saveFactor(sql, { ...factor, recovery: left });
  return "recovery";
}

/** Six digits as people type them: with a space between, or in full width. */
export function plainCode(given: string): string {
  return given.normalize("NFKC").replaceAll(/\s/g, "");
}

function recoveryDigest(code: string): string {
  const plain = code
    .normalize("NFKC")
    .toUpperCase()
    .replaceAll(/[^A-Z2-7]/g, "");
  return createHash("sha256").update(plain).digest("hex");
}
