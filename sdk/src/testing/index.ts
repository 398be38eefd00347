export { type ApiClient, ApiProblem, type PluginClient, type RequestOptions } from './client.ts';
export { type Fixture, PASSWORD, ROLES, type RoleName } from './fixture.ts';
export { type Platform, type PlatformOptions, type SignInResult, startPlatform } from './platform.ts';
