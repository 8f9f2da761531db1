export declare class NoBrowserError extends Error {}

/** Arguments for Chromium: silent on the network; without its sandbox only for root and in CI. */
export declare const LAUNCH_ARGS: readonly string[];

export interface FoundBrowser {
  executablePath: string;
  version: string;
  /** Where it came from, for the line a person reads. */
  from: string;
  /** What must stand in its environment for it to start. */
  env: Record<string, string>;
}

/** The first browser that starts. Rejects with NoBrowserError, whose message says how to get one. */
export declare function findBrowser(env?: NodeJS.ProcessEnv): Promise<FoundBrowser>;

/** What Playwright takes as `launchOptions`. */
export declare function launchOptions(): Promise<{
  executablePath: string;
  args: string[];
  env: Record<string, string>;
}>;
