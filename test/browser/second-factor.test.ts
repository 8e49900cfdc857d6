import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Served, serve } from "../server/city.ts";
import { codeAt } from "../server/phone.ts";
import { addUser, PASSWORD, setUp } from "../server/users.ts";
import { temporaryStore } from "../store-fixture.ts";
import { accessibility, complaintsOf, hasChromium, overflow, startBrowser } from "./chromium.ts";

const START = new Date("2026-03-02T08:00:00+08:00").getTime();
const STEP = 30_000;
const PATIENCE_MS = 180_000;

describe.skipIf(!hasChromium)("a second factor, in Chromium", () => {
  let served: Served;
  let browser: Browser;
  let clock = START;

  beforeAll(async () => {
    served = await serve(await temporaryStore(), { readOnlyDemo: false, now: () => new Date(clock) });
    const admin = await setUp(served);
    for (const name of ["wide", "narrow"]) await addUser(served, admin, { name, role: "analyst", bound: "" });
    browser = await startBrowser();
  }, 480_000);

  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  const at = (path: string) => new URL(path, served.url).href;

  async function password(page: Page, name: string): Promise<void> {
    await page.goto(at("/login?to=%2Fmethods"));
    await page.getByLabel("账号").fill(name);
    await page.getByLabel("密码").fill(PASSWORD);
    await page.getByRole("button", { name: "登录" }).click();
  }

  it.each([
    ["narrow", 390],
    ["wide", 1280],
  ])(
    "is switched on, asked for at the next log-in and changed, at a %s window of %i px",
    async (name, width) => {
      const context = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP: true });
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      const complaints = complaintsOf(page);
      const wrong: string[] = [];
      const look = async (what: string): Promise<void> => {
        const { violations, passes } = await accessibility(page);
        expect(passes).toBeGreaterThan(10);
        wrong.push(...violations.map((one) => `${what} ${one}`));
        const wide = await overflow(page);
        if (wide > 0) wrong.push(`${what} is ${wide} px wider than the window`);
      };

      await password(page, name);
      await page.waitForURL(at("/methods"));
      // At any width: the way out is there, too.
      await page.getByRole("link", { name: "分析员", exact: true }).click();
      await page.waitForURL(at("/account"));
      await look("account");
      await page.getByRole("link", { name: "打开两步验证" }).click();
      await look("off");
      await page.getByLabel("现在的密码").fill(PASSWORD);
      await page.getByRole("button", { name: "打开两步验证" }).click();
      await page.getByLabel(/动态口令/).waitFor();
      await look("set-up");
      // The picture was there, at its own address.
      expect(
        await page.locator("img.qr").evaluate((img) => (img as unknown as { naturalWidth: number }).naturalWidth),
      ).toBeGreaterThan(0);
      const secret = ((await page.locator("b.mono").textContent()) ?? "").replaceAll(" ", "");
      await page.getByLabel(/动态口令/).fill(codeAt(secret, clock));
      await page.getByRole("button", { name: "确认" }).click();
      await page.getByRole("heading", { name: /备用码/ }).waitFor();
      await look("codes");
      expect(await page.locator("li.mono").count()).toBe(10);
      await page.getByRole("link", { name: "已经保存，继续" }).click();
      await page.getByRole("heading", { name: "已打开" }).waitFor();
      await look("on");

      await context.clearCookies();
      clock += STEP;
      await password(page, name);
      await page.waitForURL(at("/login/code"));
      await look("code");
      await page.getByLabel(/动态口令/).fill(codeAt(secret, clock));
      await page.getByRole("button", { name: "登录" }).click();
      await page.waitForURL(at("/methods"));
      await context.close();
      expect(wrong).toEqual([]);
      expect(complaints).toEqual([]);
    },
    240_000,
  );
});
