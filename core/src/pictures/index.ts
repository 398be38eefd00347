export { fileOf, logoPath, PICTURE_TYPES, personPicturePath } from './names.ts';
export { createPictures, MOST_BYTES, PICTURE_OWNER, type Pictures } from './pictures.ts';
