/** A package whose files are known to be those of `integrity`. */
export interface BundleSource {
  /** Absolute path of the package. */
  folder: string;
  /** `sha512-…` over the package's files: equal integrity, equal bundle. */
  integrity: string;
}

/**
 * Builds what packages are made of, without running any of it. Everything rejects with `BundleError` when the package
 * is at fault.
 */
export interface Bundler {
  /**
   * The package's server side as one ES module without imports, its default export the plugin's definition. `entry` is
   * a path below the folder; `file` stays where it is until it is forgotten.
   */
  server(source: BundleSource & { entry: string }): Promise<{ file: string; code: string }>;
  /** Folder with one built browser module for each `ui/<name>.ts`, `undefined` when the package has none. */
  ui(source: BundleSource): Promise<{ folder: string } | undefined>;
  /** Deletes what was built from a package. */
  forget(integrity: string): Promise<void>;
  /** Ends the builds that are running. */
  close(): Promise<void>;
}

/** One thing that keeps a package from being built. */
export interface BundleIssue {
  /** File below the package's folder, where it is known. */
  file: string;
  message: string;
}
