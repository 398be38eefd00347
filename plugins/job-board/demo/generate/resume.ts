/** One CV as it is written in resumes/*.json. */
export interface Resume {
  /** Name of the file to write; its ending chooses the format. */
  file: string;
  layout: 'one-column' | 'two-column';
  /** How dates are written; people differ. */
  dates: 'MMM yyyy' | 'MMMM yyyy' | 'MM/yyyy' | 'yyyy-MM' | 'yyyy';
  headings: Record<
    'summary' | 'experience' | 'skills' | 'education' | 'certifications' | 'licences' | 'languages',
    string
  >;
  name: string;
  headline: string;
  email: string;
  phone: string;
  place: string;
  link?: string;
  summary: string;
  skills: string[];
  experience: Position[];
  education: { degree: string; school: string; from: string; to: string }[];
  certifications: string[];
  licences: string[];
  languages: string[];
}

export interface Position {
  title: string;
  company: string;
  place: string;
  /** `yyyy-MM`. */
  from: string;
  /** Absent for the present position. */
  to?: string;
  points: string[];
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

function writeMonth(month: string, style: Resume['dates']): string {
  const [year = '', number = ''] = month.split('-');
  const name = MONTHS[Number(number) - 1] ?? '';
  switch (style) {
    case 'MMM yyyy':
      return `${name.slice(0, 3)} ${year}`;
    case 'MMMM yyyy':
      return `${name} ${year}`;
    case 'MM/yyyy':
      return `${number}/${year}`;
    case 'yyyy-MM':
      return month;
    case 'yyyy':
      return year;
  }
}

/** `Jan 2019 – Present`, `01/2019 - 12/2021`, `January 2019 to March 2022` … */
export function writePeriod({ from, to }: Pick<Position, 'from' | 'to'>, style: Resume['dates']): string {
  const between = { 'MMM yyyy': ' – ', 'MMMM yyyy': ' to ', 'MM/yyyy': ' - ', 'yyyy-MM': ' – ', yyyy: '–' }[style];
  const now = style === 'MM/yyyy' ? 'current' : 'Present';
  return `${writeMonth(from, style)}${between}${to === undefined ? now : writeMonth(to, style)}`;
}
