/** The mark of simulated files: the last column of the header line is named so, and its cells are empty. */
export const SIMULATED_MARK = "模拟数据";
