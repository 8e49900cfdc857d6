import { describe, expect, it } from "vitest";
import { readDeadline } from "../../src/domain/deadline.ts";
import { dayText } from "../../src/domain/time.ts";

const read = (text: string | undefined) => {
  const { kind, from, to } = readDeadline(text, 2024);
  return [kind, from === undefined ? "" : dayText(from), to === undefined ? "" : dayText(to)];
};

describe("A printed deadline", () => {
  it.each([
    ["年底前", "by", "", "2024-12-31"],
    ["年度前", "by", "", "2024-12-31"],
    ["2024年底", "by", "", "2024-12-31"],
    ["2025年", "by", "", "2025-12-31"],
    ["9月底前", "by", "", "2024-09-30"],
    ["2月底前", "by", "", "2024-02-29"],
    ["3月底", "by", "", "2024-03-31"],
    ["6月15日前", "by", "", "2024-06-15"],
    ["4月1日起长期实施", "from", "2024-04-01", ""],
    ["7月1日起", "from", "2024-07-01", ""],
    ["6-9月", "window", "2024-06-01", "2024-09-30"],
    ["长期实施", "ongoing", "", ""],
    ["持续推进", "ongoing", "", ""],
  ])("%s is read as %s", (text, kind, from, to) => {
    expect(read(text)).toEqual([kind, from, to]);
  });
  it("keeps words without a date as open, and invents none", () => {
    for (const text of ["按时间节点", "按市局工作要求", "9月前", "13月底前", "2月30日前", "区卫生健康委"]) {
      expect(read(text)).toEqual(["open", "", ""]);
      expect(readDeadline(text, 2024).text).toBe(text);
    }
  });
  it("is missing when the cell is empty", () => {
    expect(read(undefined)).toEqual(["missing", "", ""]);
    expect(read(" ")).toEqual(["missing", "", ""]);
  });
  it("drops line breaks inside a cell", () => {
    expect(readDeadline("年底\n前", 2024).text).toBe("年底前");
  });
});
