/** 两步验证: one's own second factor. What it is, setting it up, and the codes that are shown once. */
import { fault } from "../../domain/faults.ts";
import { minuteText } from "../../domain/time.ts";
import { factorOf } from "../../store/second-factors.ts";
import { ROLE_ZH, type Role } from "../access/actor.ts";
import { inFours } from "../access/second-factor.ts";
import { otpauthUri } from "../access/totp.ts";
import { textField } from "../form.ts";
import { type Html, html } from "../html.ts";
import type { Ask, Reply } from "../route.ts";
import { type Enrolling, enrollingOf } from "./enrolment.ts";
import { page } from "./layout.ts";
import { qrPicture } from "./qr-picture.ts";

export const CRUMB = html`<a href="/account">账号</a>`;

export async function factorPage(ask: Ask): Promise<Reply> {
  const enrolling = enrollingOf(ask);
  if (enrolling === undefined) throw fault("access.login-needed");
  const { account, offered, session } = enrolling;
  const must = ask.context.access.mustHaveFactor(account.role);
  const role = ROLE_ZH[account.role as Role];
  return page(ask, {
    title: "两步验证",
    small: account.name,
    ...(session === undefined
      ? { lead: `${role}登录必须用两步验证。请现在设好，设好之前不能做别的。` }
      : { crumb: CRUMB, lead: "登录时除密码外，还要手机上每 30 秒换一个的动态口令：密码泄露了，别人也进不来。" }),
    body: offered === undefined ? await standing(ask, account.id, must) : setUp(ask, enrolling, offered),
  });
}

function setUp({ csrf }: Ask, { account, session }: Enrolling, secret: string): Html {
  return html`<ol class="steps"><li>在手机上装一个验证器（支持 TOTP 的都可以，例如 Microsoft Authenticator、Google Authenticator、FreeOTP）。</li>
<li>用它扫描二维码，或<a href="${otpauthUri(secret, account.name)}">在这台手机上打开验证器</a>，或手工输入密钥：<br><b class="mono">${inFours(secret)}</b><br><img class="qr" src="/account/second-factor.svg" width="240" height="240" alt="二维码，内容与上面的密钥相同"></li>
<li>输入它显示的 6 位动态口令。</li></ol>
<form class="fields" method="post" action="/account/second-factor"><input type="hidden" name="_csrf" value="${csrf}">
${textField("code", "动态口令（6 位数字）", { required: true, autocomplete: "one-time-code" })}
<div><button class="go">确认</button></div></form>
${session !== undefined && html`<p class="note">确认之前什么都没有改。密钥只给本人看，十分钟内有效。</p>`}`;
}

async function standing({ csrf, store }: Ask, account: number, must: boolean): Promise<Html> {
  const factor = await factorOf(store.sql, account);
  const form = (inside: Html): Html =>
    html`<form class="fields" method="post" action="/account/second-factor/change"><input type="hidden" name="_csrf" value="${csrf}">
${textField("password", "现在的密码", { required: true, autocomplete: "current-password", type: "password" })}
${inside}</form>`;
  if (factor === undefined)
    return html`<section><h2>没有打开</h2>${form(html`<div><button class="go" name="what" value="offer">打开两步验证</button></div>`)}</section>`;
  const left = factor.recovery.length;
  return html`<section><h2>已打开</h2><dl class="facts"><dt>从何时起</dt><dd class="num">${minuteText(factor.at)}</dd><dt>备用码</dt><dd>还剩 ${left} 个${left === 0 && html`，<b>请换一组新的</b>`}</dd></dl></section>
<section><h2>更改</h2><p class="note">都要密码，再加一个动态口令或备用码。手机丢了：先用备用码登录，再用另一个备用码换手机。</p>
${form(html`${textField("code", "动态口令（6 位数字）或备用码", { required: true, autocomplete: "one-time-code" })}
<div><button name="what" value="offer">换手机</button> <button name="what" value="codes">换一组备用码</button>${!must && html` <button name="what" value="off">关闭两步验证</button>`}</div>`)}</section>`;
}

/** The codes, this once. @param to where to go on */
export function codesPage(ask: Ask, codes: readonly string[], to: string): Reply {
  return page(ask, {
    title: "备用码",
    small: `${codes.length} 个`,
    lead: "只显示这一次。请打印或抄下，和手机分开放好。手机不在身边时，一个备用码可代替一次动态口令；旧的备用码都已作废。",
    body: html`<ul class="plain">${codes.map((code) => html`<li class="mono">${code}</li>`)}</ul>
<p class="note"><a href="${to}">已经保存，继续</a></p>`,
  });
}

/** The QR code of a secret that waits for its first code; to nobody but whom it was shown to. */
export async function factorPicture(ask: Ask): Promise<Reply> {
  const enrolling = enrollingOf(ask);
  if (enrolling?.offered === undefined) throw fault("page.unknown", { given: "/account/second-factor.svg" });
  return qrPicture(otpauthUri(enrolling.offered, enrolling.account.name));
}
