/** Passwords: argon2id, and a check that takes as long for an unknown name as for a known one. */
import { hash, verify } from "@node-rs/argon2";
import { fault } from "../../domain/faults.ts";
import { isCommonPassword } from "./common-password.ts";

/** NIST SP 800-63B asks for 8; a bureau's administrators are worth more. Our choice. */
const SHORTEST = 10;
const LONGEST = 200;

/** Words everybody would try first here: the program's name and what its users are called. Our choice. */
const CONTEXT_WORDS = ["duibiao", "对标", "生态环境"] as const;

/** @throws Fault `access.password` when it is too short, too long, holds the name or a word everybody would try, or is one of those tried first */
export async function hashPassword(password: string, name: string): Promise<string> {
  const reason =
    password.length < SHORTEST
      ? `至少 ${SHORTEST} 个字符`
      : password.length > LONGEST
        ? `最多 ${LONGEST} 个字符`
        : password.toLowerCase().includes(name.toLowerCase())
          ? "不能包含账号名"
          : CONTEXT_WORDS.some((word) => password.toLowerCase().includes(word))
            ? `不能包含 ${CONTEXT_WORDS.join("、")}`
            : isCommonPassword(password)
              ? "这样的密码别人最先会试"
              : undefined;
  if (reason !== undefined) throw fault("access.password", { reason });
  return await hash(password);
}

let nobody: Promise<string> | undefined;

/** Whether a password fits; without an account the work is done all the same. */
export async function fitsPassword(held: string | undefined, password: string): Promise<boolean> {
  nobody ??= hash("no account has this password");
  const fits = await verify(held ?? (await nobody), password);
  return held !== undefined && fits;
}
