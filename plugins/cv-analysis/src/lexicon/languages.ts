const LINES = `
English: englisch, anglais, inglés, inglese, engels, inglês, angielski, ingilizce, engelska, engelsk
German: deutsch, allemand, alemán, tedesco, duits, alemão, niemiecki, almanca, tyska, tysk
French: französisch, français, francés, francese, frans, francês, francuski, fransızca, franska, fransk
Spanish: spanisch, espagnol, español, castellano, spagnolo, spaans, espanhol, castilian, hiszpański, ispanyolca, spanska, spansk
Italian: italienisch, italien, italiano, italiaans, włoski, italyanca, italienska
Portuguese: portugiesisch, portugais, portugués, português, portoghese, portugalski, portekizce, portugisiska
Dutch: niederländisch, néerlandais, neerlandés, nederlands, olandese, niderlandzki, holenderski, flemenkçe, hollandaca, nederländska, holländska
Polish: polnisch, polonais, polaco, polski, pools, polacco, polonês, lehçe, polska
Russian: russisch, russe, ruso, russo, rosyjski, rusça, ryska, russisk
Ukrainian: ukrainisch, ukrainien, ucraniano, ukraiński, ukraynaca, ukrainska
Czech: tschechisch, tchèque, checo, czeski
Slovak: slowakisch, slovaque, słowacki
Hungarian: ungarisch, hongrois, húngaro, węgierski
Romanian: rumänisch, roumain, rumano, rumuński
Bulgarian: bulgarisch, bulgare, bułgarski, bulgarca
Greek: griechisch, grec, griego, grecki, yunanca, grekiska
Turkish: türkisch, turc, turco, türkçe, turecki, turks, turkiska, tyrkisk
Arabic: arabisch, arabe, árabe, arabski, arapça, arabiska, arabisk, arabo
Hebrew: hebräisch, hébreu, hebreeuws
Persian: farsi, persisch, dari, farsça, persiska
Kurdish: kurdisch, kurde, kürtçe, kurdiska
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
Chinese: chinesisch, chinois, chino, cinese, chiński, chinees, chinês, çince, kinesiska
Mandarin: mandarin chinese, mandarín
Cantonese: kantonesisch
Japanese: japanisch, japonais, japonés, japoński, japans, japonca
Korean: koreanisch, coréen, coreano, koreański
Vietnamese: vietnamesisch, vietnamien, vietnamita, wietnamski
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
Swedish: schwedisch, suédois, sueco, svenska, szwedzki, zweeds, isveççe
Norwegian: norwegisch, norvégien, norsk, norweski, noors, norveççe, norska
Danish: dänisch, danois, danés, dansk, duński, deens, danca, danska
Finnish: finnisch, finnois, suomi, fiński, fince, finska
Icelandic: isländisch
Estonian: estnisch
Latvian: lettisch
Lithuanian: litauisch, litewski
Croatian: kroatisch, croate, chorwacki
Serbian: serbisch, serbe, serbski, sırpça, serbiska
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
Catalan: katalanisch, catalán, català, catalaans
Galician: gallego, galicien, galizisch
Basque: euskera, baskisch, vasco
Welsh: walisisch, cymraeg
Irish: gaelic, irisch, gaeilge
Breton: bretonisch, bretoński, bretón
Frisian: friesisch, fries, frison, frisón, fryzyjski, frysk
Maltese: maltesisch, maltais, maltés
Luxembourgish: luxemburgisch, luxembourgeois, lëtzebuergesch
Latin: latein, latín, łacina
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
