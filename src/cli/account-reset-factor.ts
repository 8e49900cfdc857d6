/** `duibiao account reset-factor`: takes a second factor away where no other administrator can: the owner of the store's folder decides. */
import { fault } from "../domain/faults.ts";
import { command } from "./command.ts";

export const accountResetFactor = command({
  name: "account reset-factor",
  zh: "重置一个账号的两步验证：手机和备用码都丢了，又没有别的局管理员时用；先停服务，记入审计",
  words: [{ name: "<name>", zh: "账号" }],
  options: {},
  examples: ["duibiao account reset-factor 张三"],

  // Not through a running server: its sessions end with it, so none outlives the second factor it was begun with.
  async run([name = ""], _, { now, openStore, out }) {
    const { listAccounts } = await import("../store/accounts.ts");
    const { dropFactor, factorOf } = await import("../store/second-factors.ts");
    const { recordAudit } = await import("../store/audit.ts");
    const { sql } = await openStore();
    const account = (await listAccounts(sql)).find((one) => one.name === name);
    if (account === undefined) throw fault("access.account", { reason: `没有账号“${name}”` }, { parameter: "<name>" });
    if ((await factorOf(sql, account.id)) === undefined)
      throw fault("access.second-factor", { reason: `${name} 没有打开两步验证` }, { parameter: "<name>" });
    await sql.transaction(async () => {
      await dropFactor(sql, account.id);
      const who = { who: "本机命令", role: "local" };
      await recordAudit(sql, { at: now().getTime(), ...who, action: "second-factor.reset", subject: name });
    });
    out(`已重置 ${name} 的两步验证：下次只凭密码登录，角色有要求的登录时重新设置`);
    return 0;
  },
});
