const LINES = `
English: englisch, anglais, inglés, inglese, engels, inglês
German: deutsch, allemand, alemán, tedesco, duits, alemão
French: französisch, français, francés, francese, frans, francês
Spanish: spanisch, espagnol, español, castellano, spagnolo, spaans, espanhol, castilian
Italian: italienisch, italien, italiano, italiaans
Portuguese: portugiesisch, portugais, portugués, português, portoghese
Dutch: niederländisch, néerlandais, neerlandés, nederlands, olandese
Polish: polnisch, polonais, polaco, polski
Russian: russisch, russe, ruso, russo
Ukrainian: ukrainisch, ukrainien, ucraniano
Czech: tschechisch, tchèque, checo
Slovak: slowakisch, slovaque
Hungarian: ungarisch, hongrois, húngaro
Romanian: rumänisch, roumain, rumano
Bulgarian: bulgarisch, bulgare
Greek: griechisch, grec, griego
Turkish: türkisch, turc, turco, türkçe
Arabic: arabisch, arabe, árabe
Hebrew: hebräisch, hébreu
Persian: farsi, persisch, dari
Kurdish: kurdisch, kurde
Urdu: ourdou
Hindi: 
Bengali: bangla
Punjabi: panjabi
Gujarati:
Marathi:
Tamil:
Telugu:
Kannada:
Malayalam:
Nepali:
Sinhala: sinhalese
Chinese: chinesisch, chinois, chino, cinese
Mandarin: mandarin chinese, mandarín
Cantonese: kantonesisch
Japanese: japanisch, japonais, japonés
Korean: koreanisch, coréen, coreano
Vietnamese: vietnamesisch, vietnamien, vietnamita
Thai: thailändisch
Indonesian: bahasa indonesia, indonesisch
Malay: bahasa melayu, malaiisch
Tagalog: filipino
Cebuano:
Swahili: suaheli, kiswahili
Amharic: amharisch
Somali:
Yoruba:
Igbo:
Hausa:
Zulu: isizulu
Xhosa:
Afrikaans:
Swedish: schwedisch, suédois, sueco, svenska
Norwegian: norwegisch, norvégien, norsk
Danish: dänisch, danois, danés, dansk
Finnish: finnisch, finnois, suomi
Icelandic: isländisch
Estonian: estnisch
Latvian: lettisch
Lithuanian: litauisch
Croatian: kroatisch, croate
Serbian: serbisch, serbe
Bosnian: bosnisch
Slovenian: slowenisch
Albanian: albanisch, albanais
Macedonian: mazedonisch
Armenian: armenisch
Georgian: georgisch
Azerbaijani:
Kazakh:
Uzbek:
Pashto: paschtu
Catalan: katalanisch, catalán, català
Galician: gallego
Basque: euskera, baskisch
Welsh:
Irish: gaelic
Luxembourgish: luxemburgisch
Latin: latein, latín
American Sign Language: asl, sign language, gebärdensprache
Haitian Creole: creole
Hmong:
Khmer:
Burmese:
`;

/** Name of a spoken language in any known language, lower case → its English name. */
export const LANGUAGE_NAMES: ReadonlyMap<string, string> = new Map(
  LINES.trim()
    .split('\n')
    .flatMap((line) => {
      const [name = '', others = ''] = line.split(':');
      const aliases = others
        .split(',')
        .map((alias) => alias.trim())
        .filter((alias) => alias !== '');
      return [name.toLowerCase(), ...aliases].map((alias): [string, string] => [alias, name]);
    }),
);
