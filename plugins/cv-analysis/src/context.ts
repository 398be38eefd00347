import type { Context } from '@bazaar/sdk';
import type { Contract } from './contract.generated.ts';

/** The context of every handler of this plugin. */
export type Ctx = Context<Contract>;

export type ActionName = keyof Contract['actions'];
export type Input<Name extends ActionName> = Contract['actions'][Name]['input'];
export type Output<Name extends ActionName> = Contract['actions'][Name]['output'];
export type TableRow<Name extends keyof Contract['tables']> = Contract['tables'][Name]['row'];
