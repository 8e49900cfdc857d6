/** Logging in and out, the first account of a store, and one's own password. */
import { fault } from "../../domain/faults.ts";
import { minuteText } from "../../domain/time.ts";
import { saveAccount } from "../../store/accounts.ts";
import { recordAudit } from "../../store/audit.ts";
import { ROLE_ZH, type Role } from "../access/actor.ts";
import { fitsPassword, hashPassword } from "../access/passwords.ts";
import { sessionCookie, sessionId } from "../access/who.ts";
import { field, secretField, textField } from "../form.ts";
import { html } from "../html.ts";
import { type Ask, type Reply, seeOther } from "../route.ts";
import { beginSession, leave, needsSecondStep, secondStep } from "./enter.ts";
import { page, state } from "./layout.ts";

export async function loginPage(ask: Ask): Promise<Reply> {
  const { access } = ask.context;
  return page(ask, {
    title: "登录",
    body: html`${access.accounts().length === 0 && state("这个库还没有账号。请用启动服务时打印的一次性链接设置第一个账号。")}
<form class="fields" method="post" action="/login"><input type="hidden" name="_csrf" value="${ask.csrf}"><input type="hidden" name="to" value="${ask.query.get("to") ?? "/"}">
${textField("name", "账号", { required: true, autocomplete: "username" })}
${textField("password", "密码", { required: true, autocomplete: "current-password", type: "password" })}
<div><button class="go">登录</button></div></form>`,
  });
}

export async function login(ask: Ask): Promise<Reply> {
  const { context, body, request, now } = ask;
  const { access } = context;
  const name = field(body, "name", 100);
  const address = request.ip ?? "";
  access.throttle.begin(name, address);
  const account = access.byName(name);
  const fits = await fitsPassword(account?.password, secretField(body, "password"));
  if (!fits || account === undefined) {
    await context.write((sql) =>
      recordAudit(sql, {
        at: now.getTime(),
        who: name.slice(0, 50),
        role: "",
        action: "login.failed",
        subject: address,
      }),
    );
    throw fault("access.login-failed");
  }
  access.throttle.passed(name, address);
  leave(ask);
  const to = ownPath(field(body, "to", 500));
  if (needsSecondStep(ask, account)) return secondStep(ask, account.id, to);
  await context.write((sql) =>
    recordAudit(sql, {
      at: now.getTime(),
      who: account.name,
      role: account.role,
      action: "login",
      subject: address,
    }),
  );
  return seeOther(to, beginSession(ask, account.id));
}

/** Only a path of this service: a link to elsewhere must not pass through the log-in. */
export function ownPath(to: string): string {
  return /^\/(?![/\\])[^\r\n]*$/.test(to) ? to : "/";
}

export async function logout({ context, request }: Ask): Promise<Reply> {
  const id = sessionId(request);
  if (id !== undefined) context.access.sessions.end(id);
  return seeOther("/login", { "set-cookie": sessionCookie(request, undefined) });
}

export async function setupPage(ask: Ask): Promise<Reply> {
  const token = requireSetup(ask, ask.query.get("token") ?? "");
  return page(ask, {
    title: "首次设置",
    lead: "设置第一个局管理员账号。这个链接只能用一次。",
    body: html`<form class="fields" method="post" action="/setup"><input type="hidden" name="token" value="${token}">
${textField("name", "账号", { required: true, autocomplete: "username" })}
${textField("password", "密码（至少 10 个字符）", { required: true, autocomplete: "new-password", type: "password" })}
<div><button class="go">设置</button></div></form>`,
  });
}

export async function setup(ask: Ask): Promise<Reply> {
  const { context, body, now } = ask;
  requireSetup(ask, field(body, "token", 200));
  const name = accountName(field(body, "name", 100));
  const password = await hashPassword(secretField(body, "password"), name);
  const id = await context.write(async (sql) => {
    requireSetup(ask, field(body, "token", 200));
    const made = await saveAccount(sql, { name, password, role: "admin", bound: undefined, active: true }, now);
    await recordAudit(sql, { at: now.getTime(), who: name, role: "admin", action: "setup", subject: name });
    await context.access.reload(sql);
    return made;
  });
  if (needsSecondStep(ask, { id, role: "admin" })) return secondStep(ask, id, "/");
  return seeOther("/", beginSession(ask, id));
}

function requireSetup({ context: { access, openDemo } }: Ask, token: string): string {
  if (openDemo) throw fault("simulated.read-only");
  if (access.accounts().length > 0 || token !== access.setupToken) throw fault("access.setup");
  return token;
}

/** @throws Fault `access.account` */
export function accountName(text: string): string {
  if (!/^[\p{L}\p{N}_.-]{2,40}$/u.test(text))
    throw fault("access.account", { reason: "账号写 2–40 个字：汉字、字母、数字、点、横线" });
  return text;
}

export async function accountPage(ask: Ask): Promise<Reply> {
  const { actor, csrf, context } = ask;
  if (actor.account === undefined) throw fault("access.login-needed");
  const sessions = context.access.sessions.of(actor.account);
  const hasFactor = context.access.hasFactor(actor.account);
  return page(ask, {
    title: actor.name,
    small: `${ROLE_ZH[actor.kind as Role]}${actor.bound === undefined ? "" : `　${actor.bound}`}`,
    body: html`<section><h2>改密码</h2><form class="fields" method="post" action="/account"><input type="hidden" name="_csrf" value="${csrf}">
${textField("old", "现在的密码", { required: true, autocomplete: "current-password", type: "password" })}
${textField("password", "新密码（至少 10 个字符）", { required: true, autocomplete: "new-password", type: "password" })}
<div><button class="go">改密码</button></div></form></section>
<section><h2>两步验证</h2><p>${hasFactor ? "已打开：登录时除密码外还要动态口令。" : "没有打开：现在只凭密码登录。"}　<a href="/account/second-factor">${hasFactor ? "换手机、换备用码、关闭" : "打开两步验证"}</a></p></section>
<section><h2>登录着的地方 <small>${sessions.length} 个</small></h2><table><caption class="vh">登录着的地方，最近用过的在前</caption><thead><tr><th scope="col">登录</th><th scope="col">最近使用</th><th scope="col">从哪里</th></tr></thead><tbody>${sessions.map(
      (one) =>
        html`<tr><th scope="row" class="num">${minuteText(one.begun)}</th><td class="num">${minuteText(one.seen)}</td><td>${one.csrf === csrf ? html`<b>这里</b>　` : ""}${one.from}</td></tr>`,
    )}</tbody></table>
${sessions.length > 1 && html`<form method="post" action="/account/sessions"><input type="hidden" name="_csrf" value="${csrf}"><button>退出其他地方</button></form>`}</section>
<section><h2>退出</h2><form method="post" action="/logout"><input type="hidden" name="_csrf" value="${csrf}"><button>退出登录</button></form></section>`,
  });
}

/** Ends one's own sessions elsewhere; the one that asks stays. */
export async function endOtherSessions({ context, actor, request }: Ask): Promise<Reply> {
  const id = sessionId(request);
  if (actor.account === undefined || id === undefined) throw fault("access.login-needed");
  context.access.sessions.endOthers(actor.account, id);
  return seeOther("/account");
}

export async function changePassword(ask: Ask): Promise<Reply> {
  const { context, actor, body, now, request } = ask;
  const { access } = context;
  const account = actor.account === undefined ? undefined : access.byId(actor.account);
  if (account === undefined) throw fault("access.login-needed");
  const address = request.ip ?? "";
  access.throttle.begin(account.name, address);
  if (!(await fitsPassword(account.password, secretField(body, "old")))) throw fault("access.login-failed");
  access.throttle.passed(account.name, address);
  const password = await hashPassword(secretField(body, "password"), account.name);
  await context.write(async (sql) => {
    await saveAccount(sql, { ...account, password }, now);
    await recordAudit(sql, {
      at: now.getTime(),
      who: actor.name,
      role: actor.kind,
      action: "password",
      subject: account.name,
    });
    await access.reload(sql);
  });
  access.resets.drop(account.id);
  access.endAll(account.id);
  return seeOther("/login");
}
