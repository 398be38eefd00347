// The modules that the shell shares with every plugin through the import map of its page. A plugin's bundle never
// contains them: two copies of lit or of a Vaadin element cannot live in one document.

const litDirectives = [
  'async-append',
  'async-replace',
  'cache',
  'choose',
  'class-map',
  'guard',
  'if-defined',
  'join',
  'keyed',
  'live',
  'map',
  'range',
  'ref',
  'repeat',
  'style-map',
  'until',
  'when',
];

export const sharedModules = [
  'lit',
  'lit/async-directive.js',
  'lit/decorators.js',
  'lit/directive.js',
  ...litDirectives.map((name) => `lit/directives/${name}.js`),
  '@bazaar/sdk/ui',
  '@vaadin/combo-box/lit.js',
  '@vaadin/dialog/lit.js',
  '@vaadin/grid/lit.js',
  '@vaadin/select/lit.js',
];

/** `lit/directives/repeat.js` → `vendor/lit-directives-repeat` */
export function facadeName(specifier) {
  return `vendor/${specifier
    .replace(/\.js$/, '')
    .replace(/^@/, '')
    .replaceAll(/[^a-z0-9]+/gi, '-')}`;
}
