const words = (text: string) => text.trim().split(/\s+/);

/** Attributes of every element; `aria-…` come besides. */
export const EVERYWHERE: readonly string[] = words('class id title lang dir role hidden translate');

/** Elements of public pages and their own attributes. What is not here is left out, its text stays. */
export const ELEMENTS: ReadonlyMap<string, string[]> = new Map(
  Object.entries({
    ...Object.fromEntries(
      words(`
        abbr address article aside b bdi bdo br caption cite code datalist dd dfn div dl dt em figcaption figure footer
        h1 h2 h3 h4 h5 h6 header hgroup hr i kbd legend mark nav p pre rp rt ruby s samp search section small span
        strong sub summary sup tbody tfoot thead tr u ul var wbr
      `).map((name) => [name, '']),
    ),
    a: 'href hreflang rel target',
    blockquote: 'cite',
    button: 'type name value disabled',
    col: 'span',
    colgroup: 'span',
    data: 'value',
    del: 'cite datetime',
    details: 'open name',
    fieldset: 'disabled name',
    form: 'action method enctype novalidate autocomplete name',
    img: 'src alt width height loading decoding',
    input: `type name value placeholder required min max step minlength maxlength pattern accept multiple checked
      disabled readonly size list autocomplete inputmode`,
    ins: 'cite datetime',
    label: 'for',
    li: 'value',
    meter: 'value min max low high optimum',
    ol: 'start reversed type',
    optgroup: 'label disabled',
    option: 'value selected disabled label',
    output: 'for name',
    progress: 'value max',
    q: 'cite',
    select: 'name required multiple size disabled autocomplete',
    table: '',
    td: 'colspan rowspan headers',
    textarea: 'name rows cols required disabled readonly maxlength minlength placeholder autocomplete wrap spellcheck',
    th: 'colspan rowspan headers scope abbr',
    time: 'datetime',
  }).map(([name, own]) => [name, words(own)]),
);

/** What stands in these is no text to be read: left out as a whole. */
export const OPAQUE: readonly string[] = words(
  'script style iframe noembed noframes noscript object template title svg math xmp plaintext audio video',
);

/** Pages ask for no password: nobody could tell the plugin that asks from the platform. */
export const INPUT_TYPES: ReadonlySet<string> = new Set(
  words(`text email tel url search number range date time datetime-local month week checkbox radio file hidden color
    submit reset button`),
);
