// Makes the CVs of the demo's candidates from resumes/*.json. Run once after a change there:
//   node plugins/job-board/demo/generate-cvs.ts
// The files are committed, because a demo must not need the libraries that write them.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDocx } from './generate/docx.ts';
import { writePdf } from './generate/pdf.ts';
import type { Resume } from './generate/resume.ts';

const here = import.meta.dirname;
mkdirSync(join(here, 'documents'), { recursive: true });

let bytes = 0;
let files = 0;
for (const source of readdirSync(join(here, 'resumes'))) {
  const resumes = JSON.parse(readFileSync(join(here, 'resumes', source), 'utf8')) as Resume[];
  for (const resume of resumes) {
    const content = resume.file.endsWith('.pdf') ? await writePdf(resume) : await writeDocx(resume);
    writeFileSync(join(here, 'documents', resume.file), content);
    bytes += content.length;
    files += 1;
  }
}
process.stdout.write(`${files} CVs, ${Math.round(bytes / 1024)} KB\n`);
