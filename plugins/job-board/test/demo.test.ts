import { type Platform, type PluginClient, startPlatform } from '@bazaar/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '../src/contract.generated.ts';

let platform: Platform;

beforeAll(async () => {
  platform = await startPlatform({ plugins: [`${import.meta.dirname}/..`], demo: true });
});
afterAll(() => platform?.stop());

async function recruiter(email: string): Promise<PluginClient<Contract>> {
  const { accessToken } = await platform.signIn(email, 'bazaar-demo-1');
  return platform.client(accessToken).plugin('job-board');
}

describe.each(['recruiter@acme.test', 'recruiter@northwind.test'])('the demo of %s', (email) => {
  it('has jobs in every state, candidates with CVs and a pipeline under way', async () => {
    const demo = await recruiter(email);
    const { items: jobs } = await demo.call('jobs.list', { limit: 100 });
    expect(jobs.length).toBeGreaterThanOrEqual(12);
    expect(new Set(jobs.map(({ status }) => status)).size).toBeGreaterThanOrEqual(3);
    expect((await demo.call('candidates.list', { limit: 100 })).items).toHaveLength(30);
    const { items: applications } = await demo.call('applications.list', { limit: 100 });
    expect(applications.length).toBeGreaterThanOrEqual(30);
    expect(applications.every(({ hasCv }) => hasCv)).toBe(true);
    expect(new Set(applications.map(({ status }) => status)).size).toBeGreaterThanOrEqual(5);
    const counted = jobs.reduce((sum, { applicationCount }) => sum + applicationCount, 0);
    expect(counted).toBe(applications.length);
  });

  it('shows every open job to the public', async () => {
    const demo = await recruiter(email);
    const { items: jobs } = await demo.call('jobs.list', { status: 'open', limit: 100 });
    for (const { id } of jobs) {
      const { publicPath } = await demo.call('jobs.get', { id });
      const response = await platform.visitor().fetch('GET', publicPath);
      expect(response.status, publicPath).toBe(200);
    }
  });
});
