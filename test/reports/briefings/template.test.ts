import { describe, expect, it } from "vitest";
import { districtOutline } from "../../../reports/briefings/district-outline.ts";
import { parseTemplate, withTemplate } from "../../../reports/briefings/template.ts";
import { full } from "./cases/full.ts";

/** Another district's wishes. */
const TONGZHOU = `bureau: 北京市通州区生态环境局
masthead: 通州生态环境月报
contact: 联系人：综合科　电话：010-00000000
sections:
  - summary
  - water
  - air
  - methods
`;

describe("a bureau's template", () => {
  it("gives another district its name, red head, contact, and only its sections in its order", () => {
    const outline = districtOutline(withTemplate(full(), parseTemplate(TONGZHOU, "briefing.yaml")));
    expect(outline).toMatchObject({
      bureau: "北京市通州区生态环境局",
      masthead: "通州生态环境月报",
      contact: "联系人：综合科　电话：010-00000000",
    });
    const heads = outline.blocks.flatMap((one) => (one.kind === "heading" && one.level === 1 ? [one.text] : []));
    expect(heads).toEqual(["一、摘要", "二、水环境", "三、空气质量", "四、方法说明"]);
  });

  it("leaves what it does not name as it is", () => {
    expect(withTemplate(full(), parseTemplate("", "briefing.yaml"))).toEqual(full());
  });

  it.each([
    ["an unknown key", "bureau: 甲局\nmast: 乙\n", 2, "mast", "没有这个字段"],
    ["an unknown section", "sections:\n  - summary\n  - weather\n", 3, "sections.1", "只能是"],
    ["a section named twice", "sections:\n  - water\n  - water\n", 2, "sections", "两次"],
    ["an empty name", "masthead: ''\n", 1, "masthead", "不能为空"],
    ["broken YAML", "bureau: 甲局\nbureau: 乙局\n", 2, "YAML", "unique"],
  ])("names the line of %s", (_what, source, line, field, reason) => {
    expect(() => parseTemplate(source, "briefing.yaml")).toThrow(
      expect.objectContaining({
        code: "template.invalid",
        where: expect.objectContaining({ file: "briefing.yaml", line }),
        params: { field, reason: expect.stringContaining(reason) },
      }),
    );
  });
});
