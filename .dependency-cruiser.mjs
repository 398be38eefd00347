/** The arrows between rooms (docs/architecture.md), zero cycles, and the sole importers of the heavy libraries. */
const onlyIn = (library, place, comment) => ({
  name: `${library.replaceAll(/[^a-z]/g, '')}-only-in-its-place`,
  severity: 'error',
  comment,
  from: { path: '^(core|sdk|admin|plugins|marketplace)/', pathNot: place },
  to: { path: `node_modules/${library}(/|$)` },
});

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'sdk-imports-nothing-of-ours',
      severity: 'error',
      from: { path: '^sdk/' },
      to: { path: '^(core|admin|plugins|marketplace|scripts)/' },
    },
    {
      name: 'plugins-import-only-the-sdk',
      severity: 'error',
      from: { path: '^plugins/([^/]+)/' },
      to: { path: '^(core|admin|marketplace|scripts|plugins/(?!$1/))' },
    },
    {
      name: 'core-never-imports-a-plugin-or-a-front-end',
      severity: 'error',
      from: { path: '^core/' },
      to: { path: '^(plugins|admin|marketplace|scripts)/' },
    },
    {
      name: 'front-ends-import-only-the-sdk',
      severity: 'error',
      from: { path: '^(admin|marketplace)/', pathNot: '^admin/test/' },
      to: { path: '^(core|plugins)/' },
    },
    {
      name: 'rooms-meet-at-their-barrel',
      severity: 'error',
      comment: 'A room of the kernel is entered through its index.ts only.',
      from: { path: '^core/src/([^/]+)/' },
      to: { path: '^core/src/(?!$1/)[^/]+/', pathNot: '^core/src/[^/]+/index\\.ts$' },
    },
    {
      name: 'no-deep-imports-of-the-sdk',
      severity: 'error',
      from: { path: '^(core|admin|plugins|marketplace)/' },
      to: {
        path: '^sdk/src/',
        pathNot: '^sdk/src/((index|money|(host|ui|testing)/index)\\.ts|manifest/manifest\\.schema\\.json)$',
      },
    },
    {
      name: 'no-undeclared-dependency',
      severity: 'error',
      from: { path: '^(core|sdk|admin|plugins)/', pathNot: '\\.test\\.ts$|/test/|/demo/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
    },
    { name: 'no-unresolvable-import', severity: 'error', from: {}, to: { couldNotResolve: true } },
    onlyIn('awilix', '^core/src/kernel/container\\.ts$', 'The kernel is composed in one place.'),
    onlyIn('(sequelize|pg|umzug)', '^core/src/data/|^core/(test|bench)/', 'Only the data room talks to PostgreSQL.'),
    onlyIn('isolated-vm', '^core/src/sandbox/child/isolate\\.ts$', 'The kernel process never loads isolated-vm.'),
    onlyIn('stripe', '^core/src/billing/gateway/|^core/(stripe-double|test)/', 'One gateway to the payment provider.'),
    {
      name: 'the-stripe-double-stands-alone',
      severity: 'error',
      comment: 'It is checked against the SDK, never against the code that is tested with it.',
      from: { path: '^core/stripe-double/' },
      to: { path: '^(core/(src|test)|sdk|admin|plugins|scripts)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/|\\.generated\\.ts$' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
