/** People of a served store: the first administrator by the set-up link, others by the administrator. */
import type { Served } from "./city.ts";

export type User = { readonly cookie: string; readonly csrf: string };

export async function setUp(served: Served): Promise<User> {
  const token = new URL(served.setupUrl ?? "").searchParams.get("token") ?? "";
  const response = await fetch(new URL("/setup", served.url), {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ token, name: "first-admin", password: "the first password" }),
  });
  return await userOf(served, response);
}

export async function login(served: Served, name: string, password: string, to = "/"): Promise<Response> {
  return await fetch(new URL("/login", served.url), {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ name, password, to }),
  });
}

/** The password of everybody but the first; it must not hold the name. */
export const PASSWORD = "correct horse battery";

/** Makes an account and logs it in. */
export async function addUser(
  served: Served,
  admin: User,
  { name, role, bound }: { readonly name: string; readonly role: string; readonly bound: string },
): Promise<User> {
  const password = PASSWORD;
  const made = await fetch(new URL("/admin/accounts", served.url), {
    method: "POST",
    redirect: "manual",
    headers: { cookie: admin.cookie },
    body: new URLSearchParams({ _csrf: admin.csrf, name, role, bound, password }),
  });
  if (made.status !== 303) throw new Error(await made.text());
  return await userOf(served, await login(served, name, password));
}

async function userOf(served: Served, response: Response): Promise<User> {
  const cookie = (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const page = await (await served.get("/account", { cookie })).text();
  const csrf = /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? "";
  if (csrf === "") throw new Error(`no session: ${response.status} ${page.slice(0, 300)}`);
  return { cookie, csrf };
}

/** Sends a form of a page as somebody, with the session's token; follows nothing. */
export function post(
  served: Served,
  { cookie, csrf }: User,
  path: string,
  values: Readonly<Record<string, string>> | FormData,
): Promise<Response> {
  const body = values instanceof FormData ? values : new URLSearchParams({ _csrf: csrf, ...values });
  if (body instanceof FormData && !body.has("_csrf")) body.set("_csrf", csrf);
  return fetch(new URL(path, served.url), { method: "POST", redirect: "manual", headers: { cookie }, body });
}

/** Follows a job to its end. */
export async function endOf(served: Served, { cookie }: User, location: string): Promise<Response> {
  for (;;) {
    const response = await served.get(location, { cookie });
    if (response.status !== 200) return response;
    await response.body?.cancel();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
