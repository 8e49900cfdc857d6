/** `duibiao method <indicator>`: how an indicator's figures are made, printed from the standards' own tables. */
import { command } from "./command.ts";

export const method = command({
  name: "method",
  zh: "方法说明：定义、公式、表格与条款、有效性、修约、版本、口径、可靠程度",
  words: [{ name: "indicator", zh: "指标，例如 pm25、aqi、good_days、water_class、leq" }],
  options: { json: { type: "boolean", zh: "只输出一份 JSON" } },
  examples: ["duibiao method pm25", "duibiao method aqi --lang en"],

  async run([indicator = ""], { json }, { lang, out }) {
    const { methodSheet } = await import("../standards/methods/registry.ts");
    const sheet = methodSheet(indicator);
    const { renderSheet } = await import("../standards/methods/render.ts");
    out(json ? JSON.stringify(sheet) : renderSheet(sheet, lang).trimEnd());
    return 0;
  },
});
