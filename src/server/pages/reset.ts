/** A forgotten password: the link an administrator makes, and the page it leads to. */
import { fault } from "../../domain/faults.ts";
import { type StoredAccount, saveAccount } from "../../store/accounts.ts";
import { recordAudit } from "../../store/audit.ts";
import { hashPassword } from "../access/passwords.ts";
import { field, secretField, textField } from "../form.ts";
import { html } from "../html.ts";
import { type Ask, type Reply, seeOther } from "../route.ts";
import { page, state } from "./layout.ts";

/** Makes the link and shows it, this once. The password of before holds until the link is used. */
export async function makeReset(ask: Ask): Promise<Reply> {
  const { context, params, now, actor } = ask;
  const { access } = context;
  const account = access.byId(Number(params["id"]));
  if (account === undefined) throw fault("page.unknown", { given: `/admin/accounts/${params["id"]}/reset` });
  await context.write((sql) =>
    recordAudit(sql, {
      at: now.getTime(),
      who: actor.name,
      role: actor.kind,
      action: "account.reset",
      subject: account.name,
    }),
  );
  const token = access.resets.make(account.id);
  return page(ask, {
    title: "重设密码",
    small: account.name,
    current: "/admin",
    crumb: html`<a href="/admin">管理</a>`,
    body: state(
      html`把这个链接当面或用可靠的方式交给本人。只显示这一次，24 小时内有效，用一次即作废：<br><span class="mono">/reset?token=${token}</span>`,
    ),
  });
}

export async function resetPage(ask: Ask): Promise<Reply> {
  const token = ask.query.get("token") ?? "";
  const account = accountOf(ask, token);
  return page(ask, {
    title: "重设密码",
    small: account.name,
    lead: "设置新密码后，这个账号在所有设备上的登录都会退出。",
    body: html`<form class="fields" method="post" action="/reset"><input type="hidden" name="_csrf" value="${ask.csrf}"><input type="hidden" name="token" value="${token}">
${textField("password", "新密码（至少 10 个字符）", { required: true, autocomplete: "new-password", type: "password" })}
<div><button class="go">设置新密码</button></div></form>`,
  });
}

export async function resetPassword(ask: Ask): Promise<Reply> {
  const { context, body, now } = ask;
  const { access } = context;
  const token = field(body, "token", 200);
  const password = await hashPassword(secretField(body, "password"), accountOf(ask, token).name);
  const account = await context.write(async (sql) => {
    // Used once, also when sent twice at the same moment.
    const found = accountOf(ask, token);
    access.resets.drop(found.id);
    await saveAccount(sql, { ...found, password }, now);
    await recordAudit(sql, {
      at: now.getTime(),
      who: found.name,
      role: found.role,
      action: "password.reset",
      subject: found.name,
    });
    await access.reload(sql);
    return found;
  });
  access.endAll(account.id);
  return seeOther("/login");
}

/** @throws Fault `access.reset` for a token that is not valid, was used, or whose account is off */
function accountOf({ context: { access } }: Ask, token: string): StoredAccount {
  const account = access.resets.find(token);
  const found = account === undefined ? undefined : access.byId(account);
  if (found === undefined) throw fault("access.reset");
  return found;
}
