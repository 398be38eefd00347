import { problemMessage } from '@bazaar/sdk/ui';
import type { BlastRadius, PluginView } from '../../api/types.ts';
import type { App } from '../../app/app.ts';
import { radiusText } from './describe.ts';

const pathOf = (id: string) => `/api/plugins/${encodeURIComponent(id)}`;

/** Runs a change; says how it went. `true` when it was made. */
async function change(app: App, work: () => Promise<unknown>, done: string): Promise<boolean> {
  try {
    await work();
  } catch (error) {
    app.notify(problemMessage(error), 'error');
    return false;
  }
  app.notify(done, 'success');
  await app.shell.load();
  return true;
}

/** Nothing is gained by switching what nobody has a licence of, or what is not installed any more. */
export function canBeSwitched({ state, licence }: PluginView): boolean {
  return licence.state !== 'none' && state !== 'parked' && state !== 'inactive';
}

export function switchOn(app: App, { id, name }: PluginView): Promise<boolean> {
  return change(app, () => app.api.json('POST', `${pathOf(id)}/enable`, { body: {} }), `${name} is on.`);
}

/** Shows first what would stop; `false` when the person thinks better of it. */
export async function switchOff(app: App, { id, name }: PluginView): Promise<boolean> {
  const path = `${pathOf(id)}/disable`;
  let message: string;
  try {
    const preview = await app.api.json<{ affected: BlastRadius }>('POST', path, { body: { preview: true } });
    message = radiusText(preview.affected);
  } catch (error) {
    app.notify(problemMessage(error), 'error');
    return false;
  }
  const agreed = await app.confirm({ title: `Switch off ${name}?`, message, confirm: 'Switch off', danger: true });
  return agreed && change(app, () => app.api.json('POST', path, { body: {} }), `${name} is off.`);
}

export function startTrial(app: App, { id, name, trial }: PluginView): Promise<boolean> {
  const path = `/api/licences/${encodeURIComponent(id)}/trial`;
  return change(app, () => app.api.json('POST', path, { body: {} }), `Your ${trial.days} days with ${name} begin now.`);
}
