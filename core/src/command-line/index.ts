export { announceRunning, localUrl, type Running, runningKernels } from './run-file.ts';
export { type CommandLineTokens, createCommandLineTokens, issueToken } from './tokens.ts';
