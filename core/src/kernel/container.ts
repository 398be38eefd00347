import { resolveTxt } from 'node:dns/promises';
import { asFunction, asValue, createContainer, InjectionMode } from 'awilix';
import { createAuditChain } from '../audit/index.ts';
import { createBilling, createPayments } from '../billing/index.ts';
import { createChanges } from '../caching/index.ts';
import { createCommandLineTokens } from '../command-line/index.ts';
import { createDocumentExtractor } from '../documents/index.ts';
import { createEvents } from '../events/index.ts';
import { createFiles } from '../files/index.ts';
import { createIdentity, DEFAULT_IDENTITY_CONFIG, hashPassword } from '../identity/index.ts';
import { createLicensing } from '../licensing/index.ts';
import { Lifecycle } from '../lifecycle/index.ts';
import { clientAddress, createRequestLimit } from '../listener/index.ts';
import { createMail } from '../mail/index.ts';
import { createMetering } from '../metering/index.ts';
import { createPublicPages } from '../pages/index.ts';
import { createPictures } from '../pictures/index.ts';
import {
  CapabilityUsage,
  compileCheck,
  createOutgoingHttp,
  createPluginCalls,
  type HostServices,
} from '../plugins/index.ts';
import { createPrivacy } from '../privacy/index.ts';
import { createRealtime, createSockets } from '../realtime/index.ts';
import { createSchedules } from '../schedules/index.ts';
import { createSealer, deriveKey } from '../secrets/index.ts';
import { createSettings } from '../settings/index.ts';
import { createTenantDirectory, createTenantMembers } from '../tenancy/index.ts';
import { expiry } from './expiry.ts';
import { httpOptions, kernelRoutes } from './http-surface.ts';
import type { Foundations, Parts } from './parts.ts';

/**
 * Composes the platform. Each part names what it needs and is made when it is first asked for; where two parts need
 * each other, the call inside a function looks the other one up when it happens.
 */
export function composeParts(foundations: Foundations): Parts {
  const container = createContainer<Parts>({ injectionMode: InjectionMode.PROXY, strict: true });
  const parts = container.cradle;
  for (const [name, value] of Object.entries(foundations)) container.register(name, asValue(value));
  container.register({
    now: asValue(() => new Date()),
    changes: asFunction(({ db, log }: Parts) => createChanges(db.bus, log)).singleton(),
    auditChain: asFunction(({ db, secret, log }: Parts) =>
      createAuditChain({ sql: db.platform, key: deriveKey(secret, 'audit-chain'), log }),
    ).singleton(),

    tenants: asFunction(({ db, changes }: Parts) => createTenantDirectory(db, changes)).singleton(),
    usage: asFunction(() => new CapabilityUsage()).singleton(),
    outgoing: asFunction(() => createOutgoingHttp()).singleton(),
    // Apart from the plugins' way out: what the operator lets providers be is nothing to them.
    providerHttp: asFunction(({ config }: Parts) =>
      createOutgoingHttp({ privateTargets: config.ssoPrivateTargets }),
    ).singleton(),
    documents: asFunction(({ log }: Parts) => createDocumentExtractor({ log })).singleton(),
    files: asFunction(({ config, db }: Parts) => createFiles({ dataDir: config.dataDir, database: db })).singleton(),

    pictures: asFunction(({ db, files, tenants, log }: Parts) =>
      createPictures({ files: files.store, sql: db.platform, findTenant: tenants.bySlug, log }),
    ).singleton(),

    mail: asFunction(({ db, config, publicOrigin, log, now }: Parts) =>
      createMail({
        db,
        ...(config.smtp === undefined ? {} : { smtp: config.smtp }),
        demo: config.demo,
        publicOrigin: () => publicOrigin,
        log,
        now,
      }),
    ).singleton(),
    mailer: asFunction(({ mail }: Parts) => mail.mailer).singleton(),

    identity: asFunction(
      ({ db, changes, loaded, log, now, config, secret, publicOrigin, mailer, providerHttp, pictures }: Parts) =>
        createIdentity({
          db,
          changes,
          plugins: loaded.registry,
          log,
          now,
          publicOrigin: () => publicOrigin,
          providers: { http: providerHttp, privateTargets: new Set(config.ssoPrivateTargets) },
          resolveTxt,
          mailer,
          pictures,
          config: {
            secret,
            demo: config.demo,
            ...DEFAULT_IDENTITY_CONFIG,
            signUp: config.signUp,
            tierSeats: config.tierSeats,
          },
        }),
    ).singleton(),

    operators: asFunction(({ secret, instance, now }: Parts) =>
      createCommandLineTokens({ secret, instance, now }),
    ).singleton(),

    requestLimit: asFunction(({ config }: Parts) => createRequestLimit(config.rateLimit)).singleton(),

    sockets: asFunction(({ server, identity, changes, config, requestLimit, log }: Parts) =>
      createSockets({
        server,
        authenticate: identity.authenticate,
        changes,
        limit: (request) => requestLimit(clientAddress(request, config.trustProxy)),
        ...(config.publicUrl === undefined ? {} : { publicOrigin: config.publicUrl }),
        log,
      }),
    ).singleton(),

    realtime: asFunction(({ db, sockets, log }: Parts) =>
      createRealtime({ bus: db.bus, deliver: sockets.send, log }),
    ).singleton(),

    licensing: asFunction(({ db, changes, loaded, realtime, mailer, tenants, config, log, now }: Parts) =>
      createLicensing({
        db,
        changes,
        plugins: loaded.registry,
        realtime,
        releaseHeld: (tenantId, plugin) => parts.events.releaseHeld(tenantId, plugin),
        mailer,
        findTenant: tenants.bySlug,
        log,
        now,
        policy: config.licencePolicy,
        ...(config.licenceKeys === undefined ? {} : { issuerKeys: config.licenceKeys }),
      }),
    ).singleton(),

    payments: asFunction(({ db, config, localOrigin, secret, log }: Parts) =>
      createPayments({
        stripe: config.stripe,
        db,
        dataDir: config.dataDir,
        port: config.port,
        localOrigin,
        doubleSecret: deriveKey(secret, 'stripe-double').toString('hex'),
        serves: config.role !== 'worker',
        log,
      }),
    ).singleton(),

    billing: asFunction(({ db, payments, licensing, loaded, realtime, mailer, config, log, now }: Parts) =>
      createBilling(
        {
          db,
          gateway: payments.gateway,
          writer: licensing.writer,
          plugins: loaded.registry,
          realtime,
          mailer,
          terms: config.market,
          log,
          now,
        },
        { fetchesEvents: payments.fetchesEvents },
      ),
    ).singleton(),

    settings: asFunction(({ db, changes, loaded, secret }: Parts) =>
      createSettings({
        db,
        changes,
        plugins: loaded.registry,
        sealer: createSealer(deriveKey(secret, 'settings')),
        compile: compileCheck,
      }),
    ).singleton(),

    metering: asFunction(({ db, changes, loaded, sandbox, log, now }: Parts) =>
      createMetering({ db, changes, plugins: loaded.registry, sandbox: () => sandbox.processes(), log, now }),
    ).singleton(),

    services: asFunction(
      ({ db, files, documents, settings, realtime, outgoing, usage, metering, log }: Parts): HostServices => ({
        files: files.store,
        documents,
        settings,
        members: createTenantMembers(db),
        realtime,
        http: outgoing,
        usage,
        meter: metering.meter,
        observe: (call) => {
          metering.observe(call);
          parts.lifecycle.observe(call);
        },
        log,
      }),
    ).singleton(),

    calls: asFunction(({ loaded, licensing, services }: Parts) =>
      createPluginCalls({
        plugins: loaded.registry,
        licences: licensing.licences,
        services,
        wakeRelay: () => parts.events.wake(),
        validateOutputs: true,
      }),
    ).singleton(),

    schedules: asFunction(({ db, loaded, calls, licensing, realtime, config, log, now }: Parts) =>
      createSchedules({
        db,
        plugins: loaded.registry,
        invoker: calls.invoker,
        licences: licensing.licences,
        graceDays: config.licencePolicy.graceDays,
        realtime,
        log,
        now,
      }),
    ).singleton(),

    events: asFunction(({ db, changes, loaded, calls, licensing, files, realtime, schedules, log }: Parts) =>
      createEvents({
        db,
        changes,
        plugins: loaded.registry,
        deliver: calls.deliver,
        licences: licensing.licences,
        files: files.store,
        realtime,
        jobs: schedules.jobs,
        log,
      }),
    ).singleton(),

    pages: asFunction(({ config, loaded, calls, tenants, log }: Parts) =>
      createPublicPages({
        plugins: loaded.registry,
        invoker: calls.invoker,
        findTenant: tenants.bySlug,
        findFace: tenants.faceOf,
        ...(config.publicUrl === undefined ? {} : { publicUrl: config.publicUrl }),
        log,
      }),
    ).singleton(),

    privacy: asFunction(({ db, loaded, calls, files, mailer, changes, billing, secret, now, log }: Parts) =>
      createPrivacy({
        db,
        plugins: loaded.registry,
        calls,
        files: files.store,
        scratch: files.scratch,
        mailer,
        changes,
        endBilling: billing.endTenant,
        windDown: billing.windDown,
        secret,
        now,
        log,
      }),
    ).singleton(),

    routes: asFunction(kernelRoutes).singleton(),
    httpOptions: asFunction(httpOptions).singleton(),

    demo: asFunction(({ db, changes, loaded, calls, now }: Parts) => ({
      db,
      changes,
      plugins: loaded.registry,
      calls,
      hashPassword,
      now,
    })).singleton(),

    lifecycle: asFunction(
      ({ db, loaded, changes, realtime, config, now, log }: Parts) =>
        new Lifecycle({ db, host: loaded.host, changes, realtime, dataDir: config.dataDir, now, log }),
    ).singleton(),

    housekeeping: asFunction(
      ({ db, log, files, pictures, identity, mail, billing, auditChain, config, now }: Parts) => ({
        db,
        log,
        chores: {
          pictures: () => pictures.sweep(),
          files: files.sweep,
          sessions: identity.sweep,
          mail: mail.sweep,
          privacy: () => parts.privacy.sweep(),
          ...billing.chores,
          ...expiry(config, { db, auditChain, now }),
        },
      }),
    ).singleton(),
  });
  return parts;
}
