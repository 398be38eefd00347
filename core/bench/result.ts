import { cpus, totalmem } from 'node:os';

/** One measured figure. `ratio` is value/baseline of the same run; for latencies and sizes smaller is better. */
export interface BenchResult {
  name: string;
  value: number;
  unit: 'requests/s' | 'checks/s' | 'sign-ins/s' | 'decisions/s' | 'ms' | 'MB';
  baseline: number;
  ratio: number;
  /** Milliseconds; `null` where a figure is no distribution. */
  p50: number | null;
  p99: number | null;
  note: string;
}

export interface BenchReport {
  machine: { cores: number; cpu: string; memoryMb: number; node: string };
  results: BenchResult[];
}

export function machine(): BenchReport['machine'] {
  const [first] = cpus();
  return {
    cores: cpus().length,
    cpu: first?.model ?? 'unknown',
    memoryMb: Math.round(totalmem() / 2 ** 20),
    node: process.version,
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  return (upper + lower) / 2;
}

const round = (value: number) => Number(value.toPrecision(4));

export function rounded(result: BenchResult): BenchResult {
  return {
    ...result,
    value: round(result.value),
    baseline: round(result.baseline),
    ratio: round(result.ratio),
    p50: result.p50 === null ? null : round(result.p50),
    p99: result.p99 === null ? null : round(result.p99),
  };
}

/** The report as a table for people. */
export function table(report: BenchReport): string {
  const rows = report.results.map((r) => [
    r.name,
    `${r.value} ${r.unit}`,
    `${r.baseline} ${r.unit}`,
    r.ratio.toFixed(2),
    r.p50 === null ? '' : `${r.p50} ms`,
    r.p99 === null ? '' : `${r.p99} ms`,
    r.note,
  ]);
  const head = ['name', 'bazaar', 'baseline', 'ratio', 'p50', 'p99', 'note'];
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  const { cpu, cores, memoryMb, node } = report.machine;
  return [`${cpu}, ${cores} cores, ${memoryMb} MB, Node ${node}`, '', line(head), ...rows.map(line), ''].join('\n');
}
