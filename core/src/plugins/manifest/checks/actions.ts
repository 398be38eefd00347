import type { ActionDeclaration } from '@bazaar/sdk';
import { pathParameters, pathsAreAmbiguous } from '../path-template.ts';
import { FILE_FORMAT } from '../schema-compiler.ts';
import { propertiesOf, requiredOf } from './properties.ts';
import { checkPermission, type Review, reportRepeated } from './review.ts';
import { checkSchema } from './schemas.ts';

export function checkActions(review: Review): void {
  const { actions } = review.manifest;
  reportRepeated(
    review,
    actions.map((action, index) => [`/actions/${index}/name`, action.name] as const),
    'action',
  );
  for (const [index, action] of actions.entries()) {
    const pointer = `/actions/${index}`;
    if (action.permission !== undefined && action.permission !== 'public') {
      checkPermission(review, `${pointer}/permission`, action.permission);
    }
    checkSchema(review, `${pointer}/input`, action.input, { object: true, uploads: true });
    checkSchema(review, `${pointer}/output`, action.output, { object: false, uploads: false });
    checkUploads(review, pointer, action);
    checkHttp(review, pointer, action);
  }
  checkPaths(review);
}

function checkUploads(review: Review, pointer: string, action: ActionDeclaration): void {
  const uploads = Object.entries(propertiesOf(action.input)).filter(([, schema]) => schema.format === FILE_FORMAT);
  if (uploads.length === 0) return;
  if (action.effect !== 'write') review.report(`${pointer}/effect`, 'an action that accepts a file must be "write"');
  if (!review.capabilities.has('files')) {
    review.report(`${pointer}/input`, 'accepts a file: request the capability "files"');
  }
  if (action.http?.method === 'GET' || action.http?.method === 'DELETE') {
    review.report(`${pointer}/http/method`, 'an action that accepts a file needs POST, PUT or PATCH');
  }
}

function checkHttp(review: Review, pointer: string, action: ActionDeclaration): void {
  const { http } = action;
  if (!http) return;
  if (action.permission === undefined) {
    review.report(`${pointer}/http`, 'needs a "permission" (or "public"): without one an action has no HTTP route');
  }
  if (http.method === 'GET' && action.effect === 'write') {
    review.report(`${pointer}/http/method`, 'GET must not change anything: use POST, or make the effect "read"');
  }
  if ((http.method === 'DELETE' || http.method === 'PUT' || http.method === 'PATCH') && action.effect === 'read') {
    review.report(
      `${pointer}/http/method`,
      `${http.method} changes something: use GET or POST, or make the effect "write"`,
    );
  }
  if (http.path === '/actions' || http.path.startsWith('/actions/')) {
    review.report(`${pointer}/http/path`, '"/actions/…" belongs to actions without a path of their own');
  }
  checkPathParameters(review, `${pointer}/http/path`, http.path, action);
  if (http.download === true && !requiredOf(action.output).includes('fileId')) {
    review.report(`${pointer}/output/required`, 'a download must return "fileId"');
  }
}

/** Each parameter of a path is a required property of the input. */
export function checkPathParameters(review: Review, pointer: string, path: string, action: ActionDeclaration): void {
  const names = pathParameters(path);
  if (new Set(names).size !== names.length) review.report(pointer, 'names a parameter twice');
  const required = requiredOf(action.input);
  const properties = propertiesOf(action.input);
  for (const name of names) {
    if (!properties[name] || !required.includes(name)) {
      review.report(pointer, `parameter {${name}} must be a required property of the input of "${action.name}"`);
    }
  }
}

function checkPaths(review: Review): void {
  const routes = review.manifest.actions.flatMap(({ http }, index) =>
    http ? [{ pointer: `/actions/${index}/http/path`, method: http.method, path: http.path }] : [],
  );
  for (const [index, route] of routes.entries()) {
    const other = routes
      .slice(0, index)
      .find((before) => before.method === route.method && pathsAreAmbiguous(before.path, route.path));
    if (other) {
      review.report(
        route.pointer,
        `${route.method} ${route.path} cannot be told from ${other.path} at ${other.pointer}; change one of the paths`,
      );
    }
  }
}
