import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cityStore, type Served, serve } from "../server/city.ts";
import { accessibility, complaintsOf, hasChromium, overflow, startBrowser } from "./chromium.ts";

const PATHS = [
  "/",
  "/air",
  "/rank",
  "/rank?indicator=pm25&period=2024-09&among=city&only=worst30",
  "/townships",
  "/township/110105026",
  "/water",
  "/noise",
  "/targets",
  "/targets/2024-air-1.1-pm25",
  "/targets/2024-air-11.1-truck-checks",
  "/tasks",
  "/alerts",
  "/briefings",
  "/briefings/verify",
  "/changes",
  "/data",
  "/data/batches/1",
  "/data/coverage",
  "/explain/pm25?place=110105&period=2024-09",
  "/explain/aqi?place=110105&period=2024-09-25",
  "/methods",
  "/methods/pm25",
  "/search?q=%E6%9C%9B%E4%BA%AC",
  "/login",
] as const;

/** Width, colour scheme and pages. The colours of the dark scheme are the same everywhere; five pages show all of them. */
const VIEWS: readonly (readonly [number, "light" | "dark", readonly string[]])[] = [
  [390, "light", PATHS],
  [1280, "light", PATHS],
  [1280, "dark", ["/", "/air", "/rank", "/targets", "/data/coverage"]],
];

describe.skipIf(!hasChromium)("the pages in Chromium", () => {
  let served: Served;
  let browser: Browser;

  beforeAll(async () => {
    served = await serve(await cityStore());
    browser = await startBrowser();
  }, 480_000);

  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  it.each(VIEWS)(
    "keep WCAG 2.2 AA, the window's width and a quiet console at %i px, %s",
    async (width, colorScheme, paths) => {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
      const page = await context.newPage();
      const complaints = complaintsOf(page);
      const wrong: string[] = [];
      for (const path of paths) {
        const response = await page.goto(new URL(path, served.url).href);
        const { violations, passes } = await accessibility(page);
        expect(passes).toBeGreaterThan(10);
        const wide = await overflow(page);
        if (response?.status() !== 200) wrong.push(`${path} ${response?.status()}`);
        if (wide > 0) wrong.push(`${path} is ${wide} px wider than the window`);
        wrong.push(...violations.map((one) => `${path} ${one}`));
      }
      await context.close();
      expect(wrong).toEqual([]);
      expect(complaints).toEqual([]);
    },
    240_000,
  );

  it("work without JavaScript: filter, period, export", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(new URL("/rank?period=2024-09", served.url).href);
    await page.fill("#name", "望京");
    await page.click("button.go");
    expect(await page.locator("a.rowhead.nw").allTextContents()).toEqual(["望京街道"]);
    await page.click("a.rowhead.nw");
    expect(await page.locator("h1").textContent()).toContain("望京街道");
    await context.close();
  });

  it("filter the ranking while one types, and say when nothing fits", async () => {
    const page = await browser.newPage();
    await page.goto(new URL("/rank?period=2024-09", served.url).href);
    await page.fill("#name", "望京");
    expect(await page.locator("#ranks tbody tr:not(.group):visible").count()).toBe(1);
    await page.fill("#name", "没有");
    expect(await page.locator("p.state:visible").textContent()).toContain("没有名称含“没有”的街乡");
    await page.close();
  });

  it("are reached by keyboard alone: skip link first, Ctrl-K to the search, Enter to the place", async () => {
    const page = await browser.newPage();
    await page.goto(served.url);
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("跳到正文");
    await page.keyboard.press("Control+k");
    expect(await page.evaluate("document.activeElement.id")).toBe("q");
    await page.keyboard.type("望京街道");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/search\?q=/);
    expect(await page.locator('a[href="/township/110105026"]').count()).toBe(1);
    await page.close();
  });

  it("open the basis of a number, down to batches", async () => {
    const page = await browser.newPage();
    await page.goto(new URL("/rank?period=2024-09", served.url).href);
    await page.locator("#ranks td a.n").first().click();
    await page.waitForURL(/\/explain\/tsp/);
    expect(await page.locator("h1").textContent()).toContain("解释");
    await page.locator('a[href^="/data/batches/"]').first().click();
    expect(await page.locator("h1").textContent()).toContain("批次 #");
    await page.close();
  });

  it("print on A4 without menu and forms, with the mark of simulated data", async () => {
    const page = await browser.newPage();
    await page.goto(new URL("/rank?period=2024-09", served.url).href);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".nav").isVisible()).toBe(false);
    expect(await page.locator("form.filter").isVisible()).toBe(false);
    expect(await page.locator(".sim").isVisible()).toBe(true);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    await page.close();
  });
});
