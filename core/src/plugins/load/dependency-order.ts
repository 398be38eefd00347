import semver from 'semver';

/** What the order of loading depends on. */
export interface Dependent {
  id: string;
  version: string;
  requires: Readonly<Record<string, string>>;
  optional: Readonly<Record<string, string>>;
}

export interface LoadOrder {
  /** Each after everything it requires, and after what it uses optionally where that is no circle. */
  order: string[];
  /** Plugin → why it cannot be loaded. */
  failures: Map<string, string>;
}

/** Brings plugins into order. What cannot be satisfied fails by itself and with what requires it, and nothing else. */
export function dependencyOrder(plugins: readonly Dependent[]): LoadOrder {
  const byId = new Map(plugins.map((plugin) => [plugin.id, plugin]));
  const failures = new Map<string, string>();
  for (const plugin of plugins) {
    const problem = unsatisfied(plugin, byId);
    const circle = problem === undefined ? circleThrough(plugin.id, byId) : undefined;
    if (problem !== undefined) failures.set(plugin.id, problem);
    else if (circle) failures.set(plugin.id, `plugins require one another in a circle: ${circle.join(' → ')}`);
  }
  spread(plugins, failures);
  const waiting = plugins.filter((plugin) => !failures.has(plugin.id)).sort((a, b) => (a.id < b.id ? -1 : 1));
  return { order: arrange(waiting), failures };
}

function unsatisfied(plugin: Dependent, byId: ReadonlyMap<string, Dependent>): string | undefined {
  const problems: string[] = [];
  for (const [id, range] of Object.entries(plugin.requires)) {
    const other = byId.get(id);
    if (!other) problems.push(`requires the plugin "${id}" (${range}), which is not installed`);
    else if (!semver.satisfies(other.version, range, { includePrerelease: true })) {
      problems.push(`requires "${id}" in version ${range}, but ${other.version} is installed`);
    }
  }
  return problems.length === 0 ? undefined : problems.join('; ');
}

/** The shortest way from a plugin over `requires` back to itself. */
function circleThrough(start: string, byId: ReadonlyMap<string, Dependent>): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    for (const next of Object.keys(byId.get(id)?.requires ?? {})) {
      if (next === start) {
        const path = [start];
        for (let step: string | undefined = id; step !== undefined && step !== start; step = cameFrom.get(step))
          path.push(step);
        path.push(start);
        return path.reverse();
      }
      if (!cameFrom.has(next)) {
        cameFrom.set(next, id);
        queue.push(next);
      }
    }
  }
  return undefined;
}

/** What requires something that failed fails as well. */
function spread(plugins: readonly Dependent[], failures: Map<string, string>): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (const plugin of plugins) {
      if (failures.has(plugin.id)) continue;
      const failed = Object.keys(plugin.requires).find((id) => failures.has(id));
      if (failed === undefined) continue;
      failures.set(plugin.id, requiresFailed(failed));
      changed = true;
    }
  }
}

export function requiresFailed(id: string): string {
  return `requires the plugin "${id}", which could not be loaded`;
}

function arrange(waiting: Dependent[]): string[] {
  const order: string[] = [];
  const left = new Map(waiting.map((plugin) => [plugin.id, plugin]));
  const isPlaced = (id: string): boolean => !left.has(id);
  while (left.size > 0) {
    const ready = [...left.values()].filter((plugin) => Object.keys(plugin.requires).every(isPlaced));
    // Optional use may go round in a circle: whoever comes first by name then goes first.
    const next = ready.find((plugin) => Object.keys(plugin.optional).every(isPlaced)) ?? ready[0];
    if (!next) throw new Error('circles of requirements were not found before');
    left.delete(next.id);
    order.push(next.id);
  }
  return order;
}
