/**
 * The bundled fonts: which files are used, and nothing else of the two packages is ever read.
 *
 * Each is a static single-weight file; loading whole families costs Typst seven seconds at start, these four a quarter
 * of one.
 */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

export type FontFile = {
  readonly family: "Noto Sans SC" | "Noto Serif SC";
  readonly weight: 400 | 500 | 700;
  readonly path: string;
};

/** Sans for heads, tables and charts; serif for running text, its bold for the masthead and the title. */
export const FONT_FILES: readonly FontFile[] = [
  font("Noto Sans SC", 400, "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf"),
  font("Noto Sans SC", 500, "@expo-google-fonts/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf"),
  font("Noto Serif SC", 400, "@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf"),
  font("Noto Serif SC", 700, "@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf"),
];

function font(family: FontFile["family"], weight: FontFile["weight"], file: string): FontFile {
  return { family, weight, path: require.resolve(file) };
}
