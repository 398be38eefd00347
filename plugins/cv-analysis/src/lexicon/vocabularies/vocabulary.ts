/**
 * What CVs of one language are read by. Lists are parted by `;`, in lower case; where a word has endings, its stem is
 * given where the field says so.
 */
export interface Vocabulary {
  /** Headings of sections, by what the section is about. */
  headings: {
    contact: string;
    summary: string;
    skills: string;
    experience: string;
    education: string;
    certifications: string;
    languages: string;
    projects: string;
    interests: string;
    references: string;
    other: string;
  };
  /** Twelve groups, each with all forms and abbreviations of one month, parted by blanks. */
  months: string;
  /** Ends of a period that lasts: "present". */
  present: string;
  /** Words that open a lasting period: "since". */
  since: string;
  /** Words between the two ends of a period: "to". */
  until: string;
  /** Words that carry a job title, parted by blanks. */
  titles: string;
  /** Words and legal forms that mark an employer. */
  employers: string;
  /** Stems of words that mark a school. */
  schools: string;
  /** Stems of words that name a degree. */
  degrees: { doctorate: string; master: string; bachelor: string; associate: string; secondary: string };
  /** Stems of the names of languages, by the English name. */
  spoken: Readonly<Record<string, string>>;
  /** Stems of words for how well a language is known. */
  levels: { native: string; C1: string; B2: string; B1: string; A2: string };
  /** What stands before the person's name, address and telephone number in a form. */
  labels: { name: string; address: string; phone: string };
  /** What stands before attributes that must not be recorded: birth, marital status, nationality and the like. */
  sensitive: string;
}
