/** The mark of simulated files: their first line holds it, in tables as the name of a last, empty column. */
export const SIMULATED_MARK = "模拟数据";
