/** Debian's Chromium driven by playwright-core. Where there is none the tests are skipped visibly; in CI that is a failure. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, chromium, type Page } from "playwright-core";

const EXECUTABLE = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

export const hasChromium = existsSync(EXECUTABLE) || process.env["CI"] === "true";

/** As root and without the network's background chatter. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function startBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

type Found = { readonly violations: readonly string[]; readonly passes: number };

/** What axe-core finds wrong on a page, and how many rules it found kept. The page's own policy forbids injected scripts, so it is injected by the driver. */
export async function accessibility(page: Page): Promise<Found> {
  await page.evaluate(AXE);
  return await page.evaluate(async (rules) => {
    type Node = { readonly target: readonly string[]; readonly html: string };
    type Rule = { readonly id: string; readonly nodes: readonly Node[] };
    const { axe } = globalThis as unknown as {
      axe: { run: (root: unknown, how: object) => Promise<{ violations: readonly Rule[]; passes: readonly Rule[] }> };
    };
    const root = (globalThis as unknown as { document: unknown }).document;
    const { violations, passes } = await axe.run(root, { runOnly: rules });
    const words = ({ id, nodes }: Rule) =>
      `${id}: ${nodes.map((node) => `${node.target.join(" ")} ${node.html.slice(0, 120)}`).join(" | ")}`;
    return { violations: violations.map(words), passes: passes.length };
  }, RULES);
}

/** Console errors and failed requests of a page, as they come. */
export function complaintsOf(page: Page): readonly string[] {
  const all: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) all.push(message.text());
  });
  page.on("pageerror", (error) => all.push(error.message));
  return all;
}

/** How many pixels the page is wider than its window. */
export async function overflow(page: Page): Promise<number> {
  return await page.evaluate(() => {
    const { documentElement: root } = (
      globalThis as unknown as { document: { documentElement: { scrollWidth: number; clientWidth: number } } }
    ).document;
    return root.scrollWidth - root.clientWidth;
  });
}
