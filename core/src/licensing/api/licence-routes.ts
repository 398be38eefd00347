import { traceOf } from '../../audit/index.ts';
import { ApiError } from '../../errors/index.ts';
import { type PageInput, pageOfAll, pageOutput } from '../../paging/index.ts';
import { defineRoute, type Route, signedIn, UUID_INPUT } from '../../routes/index.ts';
import type { LicensingDependencies } from '../dependencies.ts';
import type { LicenceBook } from '../licence-book.ts';
import type { LicenceWriter } from '../licence-writer.ts';
import { LICENCE, PAGE_ONLY, PLUGIN_ONLY, SEAT, TAG, WHOLE } from '../schemas.ts';
import type { Seat, Seats } from '../seats/seats.ts';
import { type ShownLicence, showLicence } from '../show-licence.ts';
import { createTrials } from '../trial.ts';
import type { Meters } from '../usage/meters.ts';

const READ = { permission: 'core:plugins.read' } as const;
const MANAGE = { permission: 'core:licences.manage' } as const;

const shownSeat = ({ takenAt, ...seat }: Seat) => ({ ...seat, takenAt: takenAt.toISOString() });

/** The tenant's own licences, trials and seats. */
export function licenceRoutes(
  deps: LicensingDependencies,
  { book, writer, seats, meters }: { book: LicenceBook; writer: LicenceWriter; seats: Seats; meters: Meters },
): Route[] {
  const { plugins, policy, now } = deps;
  const startTrial = createTrials(deps, writer);

  async function licencesOf(tenantId: string): Promise<ShownLicence[]> {
    const [{ licences }, usage] = await Promise.all([book.of(tenantId), meters.usageOf(tenantId)]);
    return [...licences].map(([plugin, licence]) => {
      const pricing = plugins.manifest(plugin, tenantId)?.pricing;
      return showLicence(plugin, { licence, pricing, usage: usage.get(plugin) }, policy, now());
    });
  }

  async function licenceOf(tenantId: string, plugin: string): Promise<ShownLicence> {
    const licence = (await licencesOf(tenantId)).find((one) => one.plugin === plugin);
    if (!licence) throw new ApiError('not-found', 'There is no licence of this plugin.');
    return licence;
  }

  return [
    defineRoute({
      method: 'GET',
      path: '/api/licences',
      operationId: 'listLicences',
      summary: "The tenant's licences, what they allow now, and what was used of them",
      tag: TAG,
      access: READ,
      input: PAGE_ONLY,
      output: pageOutput(LICENCE),
      handler: async (context, page: PageInput) =>
        pageOfAll(await licencesOf(signedIn(context).tenant.id), page, 'licences', ({ plugin }) => plugin),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/licences/{plugin}',
      operationId: 'getLicence',
      summary: 'The licence of one plugin',
      tag: TAG,
      access: READ,
      input: PLUGIN_ONLY,
      output: LICENCE,
      handler: (context, { plugin }: { plugin: string }) => licenceOf(signedIn(context).tenant.id, plugin),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/licences/{plugin}/trial',
      operationId: 'startTrial',
      summary: 'Start the trial of a plugin: once for each tenant and plugin',
      tag: TAG,
      access: MANAGE,
      input: PLUGIN_ONLY,
      output: LICENCE,
      status: 201,
      handler: async (context, { plugin }: { plugin: string }) => {
        const tenantId = signedIn(context).tenant.id;
        await startTrial(tenantId, plugin, traceOf(context));
        return licenceOf(tenantId, plugin);
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/api/licences/{plugin}/seats',
      operationId: 'listSeats',
      summary: 'Who sits on the seats of a licence, those who came first in front',
      tag: TAG,
      access: READ,
      input: { ...PLUGIN_ONLY, properties: { ...PLUGIN_ONLY.properties, ...WHOLE } },
      output: pageOutput(SEAT),
      handler: async (context, { plugin, ...page }: PageInput & { plugin: string }) => {
        const all = (await seats.list(signedIn(context).tenant.id, plugin)).map(shownSeat);
        return pageOfAll(all, page, 'seats', ({ takenAt, user }) => `${takenAt} ${user.id}`);
      },
    }),
    defineRoute({
      method: 'DELETE',
      path: '/api/licences/{plugin}/seats/{user}',
      operationId: 'releaseSeat',
      summary: 'Take the seat of a person; they get one again on their next use while one is free',
      tag: TAG,
      access: MANAGE,
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['plugin', 'user'],
        properties: { ...PLUGIN_ONLY.properties, user: UUID_INPUT },
      },
      output: {},
      status: 204,
      handler: async (context, { plugin, user }: { plugin: string; user: string }) => {
        await seats.release(signedIn(context).tenant.id, plugin, user, traceOf(context));
      },
    }),
  ];
}
