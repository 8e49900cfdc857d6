import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cityStore, type Served, serve } from "../server/city.ts";
import { accessibility, hasChromium, startBrowser } from "./chromium.ts";

const HEAD = "place,period,indicator,value,unit,模拟数据\n";
const PASSWORD = "correct horse battery";
/** A machine busy with other tests is slow, not wrong. */
const PATIENCE_MS = 180_000;

describe.skipIf(!hasChromium)("a bureau's first day, in Chromium", () => {
  let served: Served;
  let browser: Browser;

  beforeAll(async () => {
    const made = await cityStore();
    mkdirSync(join(made.dir, "briefings"));
    served = await serve(made, { readOnlyDemo: false, briefingsDir: join(made.dir, "briefings") });
    browser = await startBrowser();
  }, 480_000);

  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  const at = (path: string) => new URL(path, served.url).href;

  async function accountOf(admin: Page, name: string, role: string): Promise<Page> {
    await admin.goto(at("/admin"));
    await admin.getByText("新建账号").click();
    const form = admin.locator('form[action="/admin/accounts"]');
    await form.getByLabel("账号", { exact: true }).fill(name);
    await form.getByLabel("角色", { exact: true }).selectOption(role);
    await form.getByLabel("初始密码（至少 10 个字符）").fill(PASSWORD);
    await form.getByRole("button", { name: "新建" }).click();
    await admin.waitForURL(at("/admin"));
    const page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(at("/rank"));
    // Asked for a page without an account: log-in first, then that page.
    await page.getByLabel("账号").fill(name);
    await page.getByLabel("密码").fill(PASSWORD);
    await page.getByRole("button", { name: "登录" }).click();
    await page.waitForURL(at("/rank"));
    return page;
  }

  it("goes from the set-up link to a published briefing", async () => {
    const context = await browser.newContext({ bypassCSP: true });
    const admin = await context.newPage();
    admin.setDefaultTimeout(PATIENCE_MS);
    await admin.goto(served.setupUrl ?? "");
    await admin.getByLabel("账号").fill("局管理员甲");
    await admin.getByLabel(/密码/).fill(PASSWORD);
    await admin.getByRole("button", { name: "设置" }).click();
    await admin.waitForURL(served.url);
    const analyst = await accountOf(admin, "分析员乙", "analyst");

    // A file with a letter for a digit: told why, mended, imported; the ranking follows.
    const rankOf = async (): Promise<string> => {
      await analyst.goto(at("/rank?indicator=tsp&period=2024-09&place=110105026"));
      return (await analyst.locator("#ranks td.tie").first().textContent()) ?? "";
    };
    const before = await rankOf();
    const file = join(served.dir, "望京.csv");
    const rows = (value: string) =>
      Array.from(
        { length: 30 },
        (_, k) => `110105026,2024-09-${String(k + 1).padStart(2, "0")},tsp,${value},µg/m³,`,
      ).join("\n");
    const tried = async (text: string): Promise<void> => {
      writeFileSync(file, text);
      await analyst.goto(at("/data/upload"));
      await analyst.getByLabel(/文件/).setInputFiles(file);
      await analyst.getByRole("button", { name: "演算" }).click();
      await analyst.getByRole("heading", { name: /演算结果/ }).waitFor();
    };
    await tried(HEAD + rows("9O0"));
    expect(await analyst.locator("main").textContent()).toContain("不是数字");
    expect(await analyst.getByRole("button", { name: "导入" }).count()).toBe(0);
    await tried(HEAD + rows("900"));
    await analyst.getByRole("button", { name: "导入" }).click();
    await analyst.waitForURL(/\/data\/batches\/\d+/);
    expect(await rankOf()).not.toBe(before);

    // Every number opens its basis, down to the batch that brought it.
    await analyst.locator("#ranks td a.n").first().click();
    await analyst.waitForURL(/\/explain\/tsp/);
    expect(await analyst.locator("main").textContent()).toContain("900");

    // What one made another lets out.
    await analyst.goto(at("/briefings"));
    await analyst.getByLabel(/时段/).fill("2024-09");
    await analyst.getByRole("button", { name: "生成草稿" }).click();
    await analyst.getByText("待签发").waitFor();
    expect(await analyst.getByText("等另一人").count()).toBe(1);
    await admin.goto(at("/briefings"));
    expect((await accessibility(admin)).violations).toEqual([]);
    await admin.getByRole("button", { name: /签发/ }).click();
    await admin.waitForURL(at("/briefings"));
    expect(await admin.locator('a[href^="/briefings/published/"]').count()).toBe(1);
    expect(await admin.getByText("待签发").count()).toBe(0);

    // The file that went out is recognised; an altered one is not.
    await admin.locator('a[href^="/briefings/published/"]').click();
    expect((await accessibility(admin)).violations).toEqual([]);
    const href = (await admin.getByRole("link", { name: "打开 PDF" }).getAttribute("href")) ?? "";
    const bytes = Buffer.from(await (await admin.request.get(at(href))).body());
    const verify = async (buffer: Buffer) => {
      await admin.goto(at("/briefings/verify"));
      await admin
        .locator("#f-file")
        .setInputFiles({ name: "朝阳区-月报-2024-09.pdf", mimeType: "application/pdf", buffer });
      await admin.getByRole("button", { name: "核对" }).click();
      return (await admin.locator("main").textContent()) ?? "";
    };
    expect(await verify(bytes)).toContain("公布一致");
    expect((await accessibility(admin)).violations).toEqual([]);
    expect(await verify(Buffer.concat([bytes, Buffer.from(" ")]))).toContain("已改动");

    // A correction is a second version that says what changed; the first is superseded.
    await tried(HEAD + rows("910"));
    await analyst.getByRole("button", { name: "导入" }).click();
    await analyst.waitForURL(/\/data\/batches\/\d+$/);
    await analyst.goto(at("/briefings"));
    await analyst.getByLabel(/时段/).fill("2024-09");
    await analyst.getByLabel(/更正原因/).fill("仪器校准");
    await analyst.getByRole("button", { name: "生成草稿" }).click();
    await analyst.getByText("待签发").waitFor();
    await admin.goto(at("/briefings"));
    await admin.getByRole("button", { name: /签发/ }).click();
    await admin.getByText("第 2 版").first().waitFor();
    await admin.locator('a[href^="/briefings/published/"]').first().click();
    const corrected = (await admin.locator("main").textContent()) ?? "";
    for (const word of ["第 2 版", "仪器校准", "910"]) expect(corrected).toContain(word);
    expect(await verify(bytes)).toContain("已被第 2 版取代");

    // A table of no known format is asked about column by column.
    writeFileSync(file, `自测表（模拟数据）,,\n街乡名称,监测日期,TSP（μg/m³）\n将台地区,2024-09-01,120\n`);
    await analyst.goto(at("/data/upload"));
    await analyst.getByLabel(/文件/).setInputFiles(file);
    await analyst.getByLabel("格式").selectOption("generic");
    await analyst.getByRole("button", { name: "演算" }).click();
    await analyst.getByRole("heading", { name: /认列/ }).waitFor();
    expect(await analyst.getByLabel("TSP(μg/m3)的含义").inputValue()).toBe("value:tsp");
    expect((await accessibility(analyst)).violations).toEqual([]);
    await analyst.getByRole("button", { name: "演算" }).click();
    await analyst.getByRole("heading", { name: /演算结果/ }).waitFor();
    expect(await analyst.getByRole("button", { name: "导入" }).count()).toBe(1);

    // What the analysis warns of stands under 提醒 once it was looked for; the times of that look can be changed.
    await admin.goto(at("/admin/schedules/alerts"));
    expect((await accessibility(admin)).violations).toEqual([]);
    await admin.goto(at("/admin"));
    expect((await accessibility(admin)).violations).toEqual([]);
    await admin.getByRole("button", { name: /立即运行\s*检查提醒/ }).click();
    await admin.waitForURL(at("/admin/schedules/alerts"));
    await admin.goto(at("/alerts"));
    expect(await admin.locator('tr[id^="alert-"]').count()).toBeGreaterThan(0);
    await admin.getByText("静默", { exact: true }).first().click();
    expect((await accessibility(admin)).violations).toEqual([]);

    // And all of it stands in the audit.
    await admin.goto(at("/admin/audit"));
    const audit = (await admin.locator("main").textContent()) ?? "";
    for (const word of ["setup", "account.add", "login", "import", "briefing.make", "briefing.publish", "记录链完整"])
      expect(audit).toContain(word);
    expect((await accessibility(admin)).violations).toEqual([]);
  }, 900_000);
});
