/** A person with a phone: switches the second factor on and logs in with it. */
import { totp } from "../../src/server/access/totp.ts";
import type { Served } from "./city.ts";
import { login, post, type User } from "./users.ts";

export type Phone = {
  readonly secret: string;
  /** Shown once when it was switched on. */
  readonly recovery: readonly string[];
};

const STEP_MS = 30_000;

/** What the phone shows at an instant. The algorithm is held by the published vectors. */
export const codeAt = (secret: string, at: number): string => totp(secret, Math.floor(at / STEP_MS));

/** The secret a page shows. */
export function shownSecret(page: string): string {
  const text = /<b class="mono">([A-Z2-7 ]+)<\/b>/.exec(page)?.[1] ?? "";
  return text.replaceAll(" ", "");
}

export function shownCodes(page: string): readonly string[] {
  return [...page.matchAll(/<li class="mono">([A-Z2-7-]{29})<\/li>/g)].map(([, code]) => code ?? "");
}

/** Switches it on, as somebody who is logged in. */
export async function switchOn(served: Served, user: User, password: string, at: number): Promise<Phone> {
  const offered = await post(served, user, "/account/second-factor/change", { password, what: "offer" });
  if (offered.status !== 303) throw new Error(await offered.text());
  const page = await (await served.get("/account/second-factor", { cookie: user.cookie })).text();
  const secret = shownSecret(page);
  const confirmed = await post(served, user, "/account/second-factor", { code: codeAt(secret, at) });
  return { secret, recovery: shownCodes(await confirmed.text()) };
}

/** A cookie of a reply, as it is sent back. */
export const cookieIn = (response: Response): string => (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";

/** The cookie of the first step. */
export async function passwordStep(served: Served, name: string, password: string, to = "/"): Promise<string> {
  const response = await login(served, name, password, to);
  if (response.headers.get("location") !== "/login/code") throw new Error(`no second step: ${response.status}`);
  return cookieIn(response);
}

export function codeStep(served: Served, cookie: string, code: string): Promise<Response> {
  return post(served, { cookie, csrf: "" }, "/login/code", { code });
}
