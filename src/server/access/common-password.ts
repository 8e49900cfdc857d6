/**
 * Passwords that everybody tries first, told by how they are made instead of by a long list: words of a short list of our
 * own with figures and signs around them, rows of the keyboard, a piece again and again. Our choice.
 */

/** Words such passwords are put together from, as people here type them; figures that stand for letters are read as those. */
const WORDS = [
  ..."password passwd pass admin administrator root user guest test login welcome letmein changeme default secret master".split(
    " ",
  ),
  ..."hello iloveyou love you woaini monkey dragon sunshine princess superman football baseball server system manager".split(
    " ",
  ),
  ..."beijing peking chaoyang chaoyangqu china huanbao huanbaoju shengtai huanjing ju epb bureau office air water".split(
    " ",
  ),
  ..."密码 口令 管理员 我爱你 北京 北京市 朝阳 朝阳区 生态 环境 环保 局 空气 中国 你好 年 月 日".split(" "),
] as const;

const ROWS = [
  "01234567890",
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiop",
  "asdfghjkl",
  "zxcvbnm",
  "qwertyuiopasdfghjklzxcvbnm",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
  "qazwsxedcrfvtgbyhnujmikolp",
  "1q2w3e4r5t6y7u8i9o0p",
  "q1w2e3r4t5y6u7i8o9p0",
  "!@#$%^&*()",
] as const;

const STANDS_FOR: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "@": "a",
  $: "s",
};

/** A piece shorter than this is no row. */
const SHORTEST_RUN = 3;
const FEWEST_SIGNS = 5;
const LONGEST_PIECE = 5;
const LONGEST_ROW = Math.max(...ROWS.map((row) => row.length));

/** Whether a password is one of those tried first. @param password at least as long as the service asks for */
export function isCommonPassword(password: string): boolean {
  const text = password.toLowerCase();
  if (new Set(text).size < FEWEST_SIGNS) return true;
  if (repeats(text)) return true;
  const both = [...ROWS, ...ROWS.map((row) => [...row].reverse().join(""))];
  const inRow = (piece: string): boolean => piece.length >= SHORTEST_RUN && both.some((row) => row.includes(piece));
  if (inRow(text) || madeOf(text.replace(/[^\p{L}\p{N}]/gu, ""), inRow)) return true;
  const plain = letters(text);
  // Figures before and after a word are a year or a count, not letters.
  const signs = [...text];
  const isLetter = (sign: string): boolean => /\p{L}/u.test(sign);
  const inner = signs.slice(signs.findIndex(isLetter), signs.findLastIndex(isLetter) + 1);
  const read = letters(inner.map((sign) => STANDS_FOR[sign] ?? sign).join(""));
  const isWord = (piece: string): boolean => (WORDS as readonly string[]).includes(piece);
  return madeOf(plain, isWord) || madeOf(read, isWord);
}

/** Whether a text is one short piece again and again. */
function repeats(text: string): boolean {
  for (let length = 1; length <= LONGEST_PIECE; length++)
    if ([...text].every((sign, at, all) => at < length || sign === all[at - length])) return true;
  return false;
}

const letters = (text: string): string => text.replace(/[^\p{L}]/gu, "");

/** Whether a text is pieces of a kind, one after the other, and nothing else. */
function madeOf(text: string, isPiece: (piece: string) => boolean): boolean {
  const signs = [...text];
  const reached = new Set([0]);
  for (let from = 0; from < signs.length; from++) {
    if (!reached.has(from)) continue;
    for (let to = from + 1; to <= Math.min(signs.length, from + LONGEST_ROW); to++)
      if (isPiece(signs.slice(from, to).join(""))) reached.add(to);
  }
  return signs.length > 0 && reached.has(signs.length);
}
