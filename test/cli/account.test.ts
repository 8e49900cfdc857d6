import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accountResetFactor } from "../../src/cli/account-reset-factor.ts";
import { seedPlaces } from "../../src/cli/seeds.ts";
import { saveAccount } from "../../src/store/accounts.ts";
import { brokenAudit, listAudit } from "../../src/store/audit.ts";
import { openStore } from "../../src/store/open.ts";
import { factorOf, saveFactor } from "../../src/store/second-factors.ts";
import { type CommandLine, commandLine } from "./run-command.ts";

const NOW = "2026-03-02T00:00:00Z";
let home: CommandLine;
beforeEach(async () => {
  home = commandLine(NOW);
  const store = await openStore(join(home.dir, "store"), { create: true, seeds: seedPlaces() });
  for (const name of ["only-admin", "another"]) {
    const held = { name, password: "hash", role: "admin", bound: undefined, active: true };
    const account = await saveAccount(store.sql, held, new Date(NOW));
    if (name === "only-admin")
      await saveFactor(store.sql, { account, secret: "GEZDGNBVGY3TQOJQ", lastStep: 1, recovery: ["ab"], at: 1 });
  }
  await store.close();
});
afterEach(() => home.close());

describe("account reset-factor", () => {
  it("takes the second factor away and tells so in the audit", async () => {
    const { code, out } = await home.run(accountResetFactor, "only-admin");
    expect([code, out]).toEqual([0, expect.stringContaining("已重置 only-admin 的两步验证")]);
    const sql = home.store()?.sql;
    if (sql === undefined) throw new Error("no store");
    expect(await factorOf(sql, 1)).toBeUndefined();
    expect(await listAudit(sql, 5)).toMatchObject([
      { who: "本机命令", role: "local", action: "second-factor.reset", subject: "only-admin", at: Date.parse(NOW) },
    ]);
    expect(await brokenAudit(sql)).toBeUndefined();
  });

  it.each([
    ["nobody", "access.account"],
    ["another", "access.second-factor"],
  ])("changes nothing for %s", async (name, code) => {
    await expect(home.run(accountResetFactor, name)).rejects.toMatchObject({ code });
    expect((await home.store()?.sql.rows("SELECT account FROM second_factor"))?.length).toBe(1);
    expect((await home.store()?.sql.rows("SELECT id FROM audit"))?.length).toBe(0);
  });
});
