/**
 * A YAML document as plain values.
 *
 * A value that begins with `*` is a reference: without what it refers to (often a schedule written without quotes), or
 * multiplied beyond reason, it only fails here, after the text itself was read without a mistake.
 */
export function plainOf(document: {
  readonly toJS: () => unknown;
}): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: document.toJS() };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { problem: `以 * 开头的值是引用，没有所指或展开过大；要写的是文字时加引号（${problem}）` };
  }
}
