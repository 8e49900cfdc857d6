import { describe, expect, it } from "vitest";
import { fromBase32, toBase32 } from "../../src/server/access/base32.ts";
import { newSecret, otpauthUri, takenStep, totp } from "../../src/server/access/totp.ts";

/** The secret of the RFCs' examples: the ASCII text 12345678901234567890. */
const RFC_SECRET = toBase32(Buffer.from("12345678901234567890"));
const STEP = 30_000;

describe("RFC 4648, base32", () => {
  it.each([
    ["", ""],
    ["f", "MY"],
    ["fo", "MZXQ"],
    ["foo", "MZXW6"],
    ["foob", "MZXW6YQ"],
    ["fooba", "MZXW6YTB"],
    ["foobar", "MZXW6YTBOI"],
  ])("writes %j as %j, without the padding of §10, and reads it back", (text, letters) => {
    expect(toBase32(Buffer.from(text))).toBe(letters);
    expect(fromBase32(letters).toString()).toBe(text);
  });
});

describe("RFC 6238 and RFC 4226, the codes", () => {
  it.each(
    ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"].map(
      (code, step) => [step, code] as const,
    ),
  )("gives for step %i the %s of RFC 4226, appendix D", (step, code) => {
    expect(totp(RFC_SECRET, step)).toBe(code);
  });

  // Appendix B prints eight digits; six are their last six (RFC 4226 §5.3: the number modulo 10 to the digits).
  it.each([
    [59, "94287082"],
    [1_111_111_109, "07081804"],
    [1_111_111_111, "14050471"],
    [1_234_567_890, "89005924"],
    [2_000_000_000, "69279037"],
    [20_000_000_000, "65353130"],
  ])("gives at second %i the last six digits of RFC 6238, appendix B: %s", (second, code) => {
    const at = new Date(second * 1000);
    expect(takenStep(RFC_SECRET, code.slice(2), at, -1)).toBe(Math.floor(second / 30));
  });

  it("takes the code of the step before and after, and of none further off", () => {
    const now = new Date(1_000_000 * STEP + 12_345);
    const taken = [-2, -1, 0, 1, 2].map((off) => takenStep(RFC_SECRET, totp(RFC_SECRET, 1_000_000 + off), now, -1));
    expect(taken).toEqual([undefined, 999_999, 1_000_000, 1_000_001, undefined]);
  });

  it("takes no code of the last step taken or of one before it", () => {
    const now = new Date(1_000_000 * STEP);
    const taken = [-1, 0, 1].map((off) => takenStep(RFC_SECRET, totp(RFC_SECRET, 1_000_000 + off), now, 1_000_000));
    expect(taken).toEqual([undefined, undefined, 1_000_001]);
  });

  it.each(["", "28708", "2870820", "000000 ", "abcdef", "２８７０８２"])("takes no %j", (code) => {
    expect(takenStep(RFC_SECRET, code, new Date(59_000), -1)).toBeUndefined();
  });

  it("makes secrets of 160 bits, none like another, and tells an app all it must know", () => {
    const secrets = Array.from({ length: 50 }, newSecret);
    expect(new Set(secrets).size).toBe(50);
    for (const secret of secrets) expect(fromBase32(secret)).toHaveLength(20);
    const uri = new URL(otpauthUri(RFC_SECRET, "张三 & 李四"));
    expect(uri.href.startsWith("otpauth://totp/")).toBe(true);
    expect(decodeURIComponent(uri.pathname)).toBe("/对标:张三 & 李四");
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      secret: RFC_SECRET,
      issuer: "对标",
      algorithm: "SHA1",
      digits: "6",
      period: "30",
    });
  });
});
