/** What one build may take. The largest plugins we know stay below a tenth of each. */
export const LIMITS = {
  /** Wall clock. */
  milliseconds: 20_000,
  /** Resident memory of the building process, looked at many times a second (on Linux). */
  memoryBytes: 1024 * 1024 * 1024,
  /** One source file. */
  fileBytes: 4 * 1024 * 1024,
  /** All source files together. */
  sourceBytes: 24 * 1024 * 1024,
  modules: 4000,
  /** What comes out, all files together. */
  outputBytes: 24 * 1024 * 1024,
} as const;
