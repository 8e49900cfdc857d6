/** `duibiao chart`: one chart of the briefing as a picture, for a letter or a slide. */
import { extname } from "node:path";
import { fault } from "../domain/faults.ts";
import { parsePeriod } from "../domain/period.ts";
import { placeFinder, requirePlace } from "../domain/place-finder.ts";
import { DEFAULT_POLICIES } from "../standards/policy.ts";
import { command } from "./command.ts";
import { plansOfYear, planYearOf } from "./plan-targets.ts";
import { lastDayOver } from "./question.ts";

const TYPES = [".svg", ".png"];

export const chart = command({
  name: "chart",
  zh: "单独输出简报里的一张图：calendar 日历、classes 各月级别天数、cumulative 累计与目标、rank 名次条形图、slope 名次变化、sections 断面逐月类别、noise 昼夜噪声、standings 目标进度",
  words: [{ name: "calendar|classes|cumulative|rank|slope|sections|noise|standings", zh: "图的名称" }],
  options: {
    period: { type: "string", value: "T", zh: "时段：月、季、半年或年", required: true },
    place: { type: "string", value: "P", zh: "区（默认为计划所属的区）" },
    indicator: { type: "string", value: "I", zh: "rank、slope 的指标（默认 pm25）" },
    plan: { type: "string", value: "YYYY", zh: "对照哪一年的计划" },
    out: { type: "string", value: "FILE", zh: "写到这个文件，.svg 或 .png", required: true },
  },
  examples: [
    "duibiao chart calendar --period 2026-10 --out 日历.png",
    "duibiao chart rank --indicator tsp --period 2026-10 --out 名次.svg",
  ],
  async run([word = ""], options, effects) {
    const { CHART_NAMES, chartPicture } = await import("./chart-picture.ts");
    const { writeWhole } = await import("./write-whole.ts");
    const name = CHART_NAMES.find((one) => one === word);
    if (name === undefined)
      throw fault("option.value", { option: "chart", given: word, expected: CHART_NAMES.join(" | ") });
    const type = extname(options.out).toLowerCase();
    if (!TYPES.includes(type))
      throw fault("option.value", { option: "out", given: options.out, expected: TYPES.join(" | ") });
    const period = parsePeriod(options.period);
    const store = await effects.openStore();
    const plans = await plansOfYear(await planYearOf(options.plan, effects.now(), store.dir), store.dir);
    const place = requirePlace(placeFinder(await store.places()), options.place ?? plans[0]?.place ?? "");
    const asked = { store, place, period, policies: DEFAULT_POLICIES, today: lastDayOver(effects.now()) };
    const question = { ...asked, indicator: options.indicator ?? "pm25", png: type === ".png" };
    await writeWhole(options.out, await chartPicture(name, question, plans));
    effects.out(`已写入 ${options.out}`);
    return 0;
  },
});
