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

/**
 * The modules that a page shares with every plugin through its import map. A plugin's bundle never contains them: two
 * copies of lit or of a Vaadin element cannot live in one document.
 */
export const SHARED_MODULES: readonly string[] = [
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
